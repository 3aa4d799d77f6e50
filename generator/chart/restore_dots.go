package chart

import (
	"math"
	"time"

	"proofpack/generator/report"
)

// restoreDots are restore tests over time with the target as a line, and the
// span without proof as a hatched block with its length in words.
type restoreDots report.RestoreDots

const (
	dotsTop    = 48.0 // two lines of words over the block stand above
	dotsFoot   = 210.0
	dotsHeight = 234.0
	dotsRight  = .98
)

func (d restoreDots) height(float64) float64 { return dotsHeight }

// top is the highest hour on the axis and the step of its lines.
func (d restoreDots) top() (top, step float64) {
	top = max(d.Target, 1)
	for _, t := range d.Tests {
		top = max(top, t.Hours)
	}
	top *= 1.2
	step = niceStep(top / 4)
	return top, step
}

// niceStep is the next of 1, 2, 5 times a power of ten.
func niceStep(rough float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, m := range []float64{1, 2, 5} {
		if rough <= m*p*1.0001 {
			return m * p
		}
	}
	return 10 * p
}

func (d restoreDots) draw(c Canvas) {
	in := Band{Whole.at(.05), Whole.at(dotsRight)}
	a := axis{d.From, d.To}
	top, step := d.top()
	y := func(h float64) float64 { return dotsFoot - share(h, top)*(dotsFoot-dotsTop) }
	for h := 0.0; h <= top; h += step {
		role := Grid
		if h == 0 {
			role = Base
		}
		level(c, Band{X{}, in.Right}, y(h), Stroke{Role: role, Width: 1})
		if h > 0 {
			words := number(h)
			if h+step > top {
				words += " h"
			}
			c.Text(Point{X{}, y(h) - 4}, words, Font{Size: smallSize, Role: Quiet})
		}
	}
	d.drawGap(c, in, a)
	d.drawTests(c, in, a, y)
	if d.Target > 0 {
		level(c, Band{X{}, in.Right}, y(d.Target), Stroke{Role: Target, Width: 2})
		c.Text(Point{in.at(d.clear(a)), y(d.Target) - 6}, "target "+amount(d.Target, "h"), Font{Size: textSize, Anchor: Middle, Role: Ink})
	}
	drawTicks(c, in, a, dotsFoot)
}

func (d restoreDots) drawGap(c Canvas, in Band, a axis) {
	if d.GapFrom.IsZero() {
		return
	}
	left := a.share(d.GapFrom)
	c.Hatch(in.at(left), in.Right, dotsTop, dotsFoot-dotsTop, Quiet)
	side, at := End, in.Right
	if left < .3 {
		side, at = Start, in.at(left)
	}
	c.Text(Point{at, dotsTop - 24}, d.GapSays, Font{Size: textSize, Bold: true, Anchor: side, Role: Ink})
	c.Text(Point{at, dotsTop - 8}, d.GapNote, Font{Size: smallSize, Anchor: side, Role: Quiet})
}

func (d restoreDots) drawTests(c Canvas, in Band, a axis, y func(float64) float64) {
	last := Point{X{Frac: -1}, 0}
	for _, t := range d.Tests {
		at := Point{in.at(a.share(t.At)), y(t.Hours)}
		upright(c, at.X, dotsFoot, at.Y, Stroke{Role: Base, Width: 1})
		c.Dot(at, 6, Measured, t.OK)
		words := Point{at.X, at.Y - 12}
		if words.X.Frac-last.X.Frac < .12 && math.Abs(words.Y-last.Y) < 14 {
			words.Y = last.Y - 14 // two tests soon after each other: one label over the other
		}
		if !d.GapFrom.IsZero() && t.At.After(d.GapFrom) {
			plate(c, words.X, words.Y, t.Label)
		} else {
			c.Text(words, t.Label, Font{Size: textSize, Bold: true, Anchor: sideOf(words.X.Frac), Role: Ink})
		}
		last = words
	}
}

// clear is the share of the axis where words over the target line are farthest
// from a test.
func (d restoreDots) clear(a axis) float64 {
	best, most := .5, -1.0
	for _, at := range []float64{.45, .3, .15, .6, .75} {
		nearest := 1.0
		for _, t := range d.Tests {
			nearest = min(nearest, math.Abs(a.share(t.At)-at))
		}
		if !d.GapFrom.IsZero() && at > a.share(d.GapFrom)-.1 {
			nearest /= 4 // better not on the hatched block
		}
		if nearest > most {
			best, most = at, nearest
		}
	}
	return best
}

// drawTicks marks years, quarters or months under a base line.
func drawTicks(c Canvas, in Band, a axis, foot float64) {
	months, form := 1, "Jan"
	switch span := a.to.Sub(a.from).Hours() / 24; {
	case span > 550:
		months, form = 12, "2006"
	case span > 200:
		months, form = 3, "Jan 2006"
	}
	t := time.Date(a.from.Year(), 1, 1, 0, 0, 0, 0, a.from.Location())
	last := -1.0
	for ; !t.After(a.to); t = t.AddDate(0, months, 0) {
		at := a.share(t)
		if t.Before(a.from) || at > .93 || at-last < .14 && last >= 0 {
			continue
		}
		upright(c, in.at(at), foot, foot+6, Stroke{Role: Base, Width: 1})
		c.Text(Point{in.at(at).by(4), foot + 18}, t.Format(form), Font{Size: smallSize, Role: Quiet})
		last = at
	}
}

func (d restoreDots) says() string {
	said := make([]string, 0, len(d.Tests))
	for _, t := range d.Tests {
		s := number(t.Hours) + " h on " + day(t.At)
		if !t.OK {
			s += ", which proves no recovery"
		}
		said = append(said, s)
	}
	s := "No restore test on record. "
	if len(said) > 0 {
		s = "Restore tests: " + joined("; ", said...) + ". "
	}
	if d.Target > 0 {
		s += "Target " + amount(d.Target, "h") + ". "
	}
	if !d.GapFrom.IsZero() {
		s += sentence(joined(": ", d.GapSays, d.GapNote))
	}
	return s
}
