package packet

import (
	"proofpack/generator/assess"
	"proofpack/generator/chart"
)

// A tone is a colour of the packet, red, green and blue from 0 to 255. They are
// the print tokens of the plain theme: paper is white whatever the theme.
type tone struct{ r, g, b uint8 }

var (
	ink        = tone{0x15, 0x20, 0x2b}
	ink2       = tone{0x3a, 0x46, 0x50} // second ink: captions, notes
	ink3       = tone{0x4d, 0x59, 0x63} // quieter still: kickers, figure codes
	rule       = tone{0xc4, 0xc7, 0xc2}
	ruleStrong = tone{0x8b, 0x94, 0x9c}
	white      = tone{0xff, 0xff, 0xff}
	pale       = tone{0xf0, 0xf0, 0xee} // the word behind the pages of a draft
	tint       = tone{0xf6, 0xf4, 0xee} // behind the row that a page is about
	blue       = tone{0x0f, 0x5f, 0xb8}
	ochre      = tone{0x94, 0x64, 0x00}
	crimson    = tone{0xa8, 0x0f, 0x2a}
	slate      = tone{0x55, 0x60, 0x6a}
)

// toneOf is the colour of what a mark in a figure means.
func toneOf(r chart.Role) tone {
	switch r {
	case chart.Ink, chart.Target, chart.MissingMark, chart.Link:
		return ink
	case chart.Quiet:
		return ink2
	case chart.Grid:
		return tone{0xdc, 0xdc, 0xd7}
	case chart.Base:
		return ruleStrong
	case chart.Inside:
		return tone{0x7d, 0x8f, 0xa0}
	case chart.Measured, chart.Assumed:
		return tone{0x33, 0x47, 0x5b}
	case chart.Beyond, chart.Failed:
		return crimson
	case chart.Proven:
		return blue
	case chart.Stale:
		return ochre
	case chart.ExceptedMark:
		return slate
	case chart.Paper:
		return white
	}
	return ink
}

// toneOfState is the colour of a state's word and glyph.
func toneOfState(s assess.State) tone {
	switch s {
	case assess.Proven:
		return blue
	case assess.Stale:
		return ochre
	case assess.Failed:
		return crimson
	case assess.Excepted:
		return slate
	case assess.NotApplicable:
		return ink3
	case assess.Missing:
	}
	return ink
}
