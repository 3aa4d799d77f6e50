// Package templates carries the built-in templates and texts.
package templates

import "embed"

// FS holds base.html, pages, partials, the explore pages and the text
// method.md.
//
//go:embed base.html pages partials explore *.md
var FS embed.FS
