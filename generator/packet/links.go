package packet

import (
	"strings"

	"proofpack/generator/chart"
)

// marked notes where an entry of the outline leads.
func (p *provider) marked(b *bookmark) {
	p.bookmarks = append(p.bookmarks, b)
	if _, twice := p.goals[b.id]; b.id != "" && !twice {
		p.goals[b.id] = b.at
	}
}

// linked draws a run that leads to another page of the packet.
func (p *provider) linked(e *element, r run, x, base float64, draw func()) {
	width := p.types.width(strings.TrimRight(r.text, " "), r.face, r.size)
	p.tagged(e, func() {
		draw()
		p.stroke(x, base+1.2, x+width, base+1.2, .4, r.tone)
	})
	says := chart.Visible(r.text)
	top, bottom := p.paper.height-base+float64(r.size*.8), p.paper.height-base-float64(r.size*.25)
	e.content = append(e.content, content{mark: -1, link: len(p.links)})
	p.links = append(p.links, link{page: p.page, rect: [4]float64{x, bottom, x + width, top}, to: r.to, says: says, element: e})
}
