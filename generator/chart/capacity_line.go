package chart

import (
	"math"
	"time"

	"proofpack/generator/report"
)

// capacityLine is the use of one resource over time, the limit, and a dashed
// straight line on to the day it will be full.
type capacityLine report.CapacityLine

const (
	plotTop    = 24.0
	plotFoot   = 204.0
	plotHeight = 226.0
	plotLeft   = .085 // share of the width before the first sample
	plotRight  = .98
)

func (d capacityLine) height(float64) float64 { return plotHeight }

// scale is the lowest percent drawn and the stretch of time.
func (d capacityLine) scale() (lowest float64, a axis) {
	lowest = 100
	for _, p := range d.Points {
		lowest = min(lowest, p.Value)
	}
	lowest = max(0, math.Floor((lowest-5)/25)*25)
	a = axis{d.Points[0].At, d.Points[len(d.Points)-1].At}
	known := a.to.Sub(a.from)
	if !d.Forecast.IsZero() {
		a.to = d.Forecast
	}
	// A forecast far out is cut, so that what was measured stays most of the picture.
	if far := d.Points[len(d.Points)-1].At.Add(known); known > 0 && a.to.After(far) {
		a.to = far
	}
	if !a.to.After(a.from) {
		a.to = a.from.Add(24 * time.Hour)
	}
	return min(lowest, 75), a
}

func (d capacityLine) draw(c Canvas) {
	if len(d.Points) == 0 {
		nothing{}.draw(c)
		return
	}
	lowest, a := d.scale()
	in := Band{Whole.at(plotLeft), Whole.at(plotRight)}
	y := func(v float64) float64 {
		return plotFoot - share(v-lowest, 100-lowest)*(plotFoot-plotTop)
	}
	for v := lowest; v < 100; v += 25 {
		role := Grid
		if v == lowest {
			role = Base
		}
		level(c, Band{X{}, in.Right}, y(v), Stroke{Role: role, Width: 1})
		c.Text(Point{X{}, y(v) - 4}, number(v)+" %", Font{Size: smallSize, Role: Quiet})
	}
	level(c, in, y(100), Stroke{Role: Beyond, Width: 1.5})
	if d.Stops != "" {
		c.Text(Point{in.Left, y(100) - 7}, d.Stops, Font{Size: textSize, Bold: true, Role: Failed})
	}
	pts := make([]Point, len(d.Points))
	for i, p := range d.Points {
		pts[i] = Point{in.at(a.share(p.At)), y(p.Value)}
	}
	if len(pts) > 1 {
		c.Polyline(pts, Stroke{Role: Measured, Width: 2.5})
	}
	d.drawForecast(c, in, a, pts[len(pts)-1], y)
	d.drawSamples(c, pts)
	d.drawDates(c, in, a)
}

// drawForecast draws the dashed line on, as far as the axis goes.
func (d capacityLine) drawForecast(c Canvas, in Band, a axis, last Point, y func(float64) float64) {
	p := d.Points[len(d.Points)-1]
	if !d.Forecast.After(p.At) {
		return
	}
	end, value := d.Forecast, 100.0
	if end.After(a.to) {
		value = p.Value + (100-p.Value)*(a.to.Sub(p.At).Hours()/end.Sub(p.At).Hours())
		end = a.to
	}
	full := Point{in.at(a.share(end)), y(value)}
	c.Polyline([]Point{last, full}, Stroke{Role: Beyond, Width: 2, Dash: true})
	when := d.Forecast.Format("2 Jan")
	if d.Forecast.Year() != d.AsOf.Year() {
		when = day(d.Forecast)
	}
	words := "full " + when
	if end.Before(d.Forecast) {
		words = "goes on, full " + when // the line is cut short of its end, and a mark there would be read as one
	} else {
		c.Dot(full, 4.5, Beyond, true)
	}
	c.Text(Point{full.X.by(4), full.Y - 9}, words, Font{Size: textSize, Bold: true, Anchor: End, Role: Failed})
}

func (d capacityLine) drawSamples(c Canvas, pts []Point) {
	for i, p := range d.Points {
		last := i == len(pts)-1
		words := p.Label
		if last && words == "" {
			words = number(p.Value) + " % now"
		}
		if words == "" {
			continue
		}
		c.Dot(pts[i], 4.5, Measured, true)
		f := Font{Size: textSize, Bold: true, Role: Ink}
		switch {
		case last && i > 0:
			f.Anchor = Middle // under the line, clear of the limit and the forecast
			c.Text(Point{pts[i].X, pts[i].Y + 26}, words, f)
		case last:
			c.Text(Point{pts[i].X.by(9), pts[i].Y + 5}, words, f)
		default:
			c.Text(Point{pts[i].X.by(-4), pts[i].Y - 10}, words, f)
		}
	}
}

// drawDates writes at most four dates of samples under the base line, the first
// and the last among them.
func (d capacityLine) drawDates(c Canvas, in Band, a axis) {
	form := "2 Jan"
	if a.to.Sub(a.from) > 300*24*time.Hour {
		form = "Jan 2006"
	}
	f := Font{Size: smallSize, Role: Quiet, Anchor: Middle}
	const most = 4
	last := -1.0
	n := len(d.Points)
	for k := range most {
		i := k * (n - 1) / (most - 1)
		at := a.share(d.Points[i].At)
		if at-last < .2 && last >= 0 {
			continue
		}
		c.Text(Point{in.at(at), plotFoot + 17}, d.Points[i].At.Format(form), f)
		last = at
	}
}

func (d capacityLine) says() string {
	if len(d.Points) == 0 {
		return d.Name + ": no samples on record."
	}
	said := make([]string, 0, len(d.Points))
	for _, p := range d.Points {
		said = append(said, day(p.At)+" "+number(p.Value)+" %")
	}
	s := d.Name + ": " + joined(", ", said...) + ". "
	if d.Forecast.IsZero() {
		return s + "No forecast: the use is flat or falling."
	}
	return s + "Full " + day(d.Forecast) + " at this rate."
}
