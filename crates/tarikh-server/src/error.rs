//! What a client is told when it does not get what it asked for.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tarikh_store::StoreError;
use utoipa::ToSchema;

/// A refusal: status, stable code (`docs/errors.md`) and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// What only the server's keeper should read.
    pub(crate) fault: Option<String>,
}

/// The body of every refusal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    error: ErrorText,
}

#[derive(Debug, Serialize, ToSchema)]
struct ErrorText {
    /// Stable: see docs/errors.md.
    #[schema(example = "E037")]
    code: String,
    /// One sentence, lower case.
    #[schema(example = "there is no incident inc-0000")]
    message: String,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            fault: None,
        }
    }

    /// E050: nobody is signed in.
    pub(crate) fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "E050", "sign in first")
    }

    /// E051: the role does not allow it.
    pub(crate) fn not_allowed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "E051", message)
    }

    /// E052: another site's page, or another name of this machine, asks.
    pub(crate) fn foreign(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "E052", message)
    }

    /// E053: too often.
    pub(crate) fn too_often() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "E053",
            "too many requests; wait a little",
        )
    }

    /// E054: too large.
    pub(crate) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "E054",
            "the body is larger than this address takes",
        )
    }

    /// E055: a parameter or a body that cannot be understood.
    pub(crate) fn unreadable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "E055", message)
    }

    /// E056: no such address.
    pub(crate) fn no_such_page() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "E056",
            "there is nothing at this address",
        )
    }

    /// E037: no such thing in the database.
    pub(crate) fn unknown(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "E037", message)
    }

    /// E056: the address is right, the method is not.
    pub(crate) fn wrong_method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "E056",
            "this address does not take this method",
        )
    }

    /// E057: name and password do not belong together.
    pub(crate) fn wrong_password() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "E057",
            "the name or the password is wrong",
        )
    }

    /// E058: the client took too long.
    pub(crate) fn too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "E058",
            "the request took too long",
        )
    }

    /// E059: our fault; the details go to the log.
    pub(crate) fn internal(fault: impl Into<String>) -> Self {
        Self {
            fault: Some(fault.into()),
            ..Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "E059",
                "the server failed; its log says more",
            )
        }
    }

    /// A report that cannot be read or coded, with the reader's code.
    pub(crate) fn report(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.fault.as_ref().unwrap_or(&self.message))
    }
}

impl std::error::Error for ApiError {}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let status = match &error {
            StoreError::NoSuch { .. } => StatusCode::NOT_FOUND,
            StoreError::Ambiguous(_) | StoreError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            StoreError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            StoreError::Full => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut refusal = Self::new(status, error.code(), error.to_string());
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            // Paths and SQL are nothing for a client.
            refusal.fault = Some(std::mem::take(&mut refusal.message));
            "the database failed; the server's log says more".clone_into(&mut refusal.message);
        }
        refusal
    }
}

impl From<tarikh_store::rusqlite::Error> for ApiError {
    fn from(error: tarikh_store::rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(format!("an answer cannot be written as JSON: {error}"))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = ErrorBody {
            error: ErrorText {
                code: self.code.to_owned(),
                message: self.message.clone(),
            },
        };
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::TOO_MANY_REQUESTS
            || self.status == StatusCode::SERVICE_UNAVAILABLE
        {
            let soon = axum::http::HeaderValue::from_static("2");
            response.headers_mut().insert("retry-after", soon);
        }
        // The outermost layer logs it.
        response.extensions_mut().insert(self);
        response
    }
}
