// Package graph knows what needs what: what stops when a system fails, what
// must be restored, and in which order.
package graph

// A Graph is the dependencies of services and systems.
type Graph struct{}
