//! A trie over words and slots.

/// Number of a word or of a slot.
pub(crate) type Symbol = u16;

/// A trie over symbols.
#[derive(Debug)]
pub(crate) struct Trie<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug)]
struct Node<T> {
    edges: Vec<(Symbol, u32)>,
    accepts: Vec<T>,
}

impl<T> Trie<T> {
    /// A trie that accepts nothing.
    pub(crate) fn new() -> Self {
        Self {
            nodes: vec![Node {
                edges: Vec::new(),
                accepts: Vec::new(),
            }],
        }
    }

    /// Adds what is accepted behind these symbols.
    pub(crate) fn insert(&mut self, symbols: &[Symbol], accept: T) {
        let mut at = 0;
        for &symbol in symbols {
            at = match self.step(at, symbol) {
                Some(next) => next,
                None => {
                    let next = self.nodes.len() as u32;
                    self.nodes.push(Node {
                        edges: Vec::new(),
                        accepts: Vec::new(),
                    });
                    let edges = &mut self.nodes[at as usize].edges;
                    let place = edges.partition_point(|e| e.0 < symbol);
                    edges.insert(place, (symbol, next));
                    next
                }
            };
        }
        self.nodes[at as usize].accepts.push(accept);
    }

    /// The node behind `symbol`; the root is 0.
    pub(crate) fn step(&self, at: u32, symbol: Symbol) -> Option<u32> {
        let edges = &self.nodes[at as usize].edges;
        let i = edges.binary_search_by_key(&symbol, |e| e.0).ok()?;
        Some(edges[i].1)
    }

    /// What ends at this node.
    pub(crate) fn accepts(&self, at: u32) -> &[T] {
        &self.nodes[at as usize].accepts
    }
}
