// Package sampledata carries the sample: the exports of one invented company,
// for init to write and for the tests to build.
package sampledata

import "embed"

// FS holds proofpack.yml and the exports, a folder a month.
//
//go:embed proofpack.yml exports
var FS embed.FS
