// Package themes carries the built-in themes: tokens, style sheets and, where
// the assets were fetched before the build, fonts and the charting library.
package themes

import "embed"

// FS holds one folder a theme; plain is whole, another replaces tokens.css.
//
//go:embed all:plain all:contrast
var FS embed.FS

// Advice is the sentence a program without the assets says.
const Advice = "This program was built without its fonts and charting library, so pages use the fonts of the reader's machine and explore pages have no charts; to build it right, run themes/assets.sh and build again."

// Complete tells that the fonts and the charting library are built in.
func Complete() bool {
	for _, name := range []string{"plain/assets/fonts/inter.woff2", "plain/assets/js/echarts.js"} {
		f, err := FS.Open(name)
		if err != nil {
			return false
		}
		f.Close()
	}
	return true
}
