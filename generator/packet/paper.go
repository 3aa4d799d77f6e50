package packet

import "fmt"

// A paper is the sheet that the packet is printed on, in points.
type paper struct{ width, height float64 }

// The margins are the same on both papers, in points.
const (
	marginTop    = 36.0
	marginSide   = 46.8
	marginBottom = 27.4
)

// paperOf finds a paper by the name in the configuration.
func paperOf(name string) (paper, error) {
	switch name {
	case "letter", "":
		return paper{612, 792}, nil
	case "a4":
		return paper{595.28, 841.89}, nil
	}
	return paper{}, fmt.Errorf("the paper %q is neither letter nor a4", name)
}

// measure is the width between the margins.
func (p paper) measure() float64 { return p.width - 2*marginSide }
