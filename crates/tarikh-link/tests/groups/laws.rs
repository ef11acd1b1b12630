//! What holds for any mentions.

use proptest::prelude::*;
use tarikh_link::{Constraints, compare, link};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_does_not_matter(seed in any::<u64>()) {
        let mut profiles = super::profiles(&super::groups());
        let expected = link(&profiles, &Constraints::default());
        let mut state = seed;
        for i in (1..profiles.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            profiles.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(link(&profiles, &Constraints::default()), expected);
    }

    #[test]
    fn comparing_has_no_direction(i in any::<prop::sample::Index>(), j in any::<prop::sample::Index>()) {
        let profiles = super::profiles(&super::groups());
        let (a, b) = (i.get(&profiles), j.get(&profiles));
        prop_assert_eq!(compare(a, b).score, compare(b, a).score);
    }
}
