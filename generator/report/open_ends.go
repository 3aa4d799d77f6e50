package report

import (
	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// openEnds says why systems have no high bound, or a wide one, where the
// inventory leaves open what needs what.
func (b *builder) openEnds() []Block {
	var unlinked, carriers []*rank.System
	for i := range b.Ranking.Systems {
		s := &b.Ranking.Systems[i]
		if s.Unlinked {
			unlinked = append(unlinked, s)
		}
		if len(s.Guests) > 0 {
			carriers = append(carriers, s)
		}
	}
	var blocks []Block
	if len(unlinked) > 0 {
		blocks = append(blocks, Paragraph{Text: words("No service on record needs ", b.some(unlinked), ", although services run on such systems: impact not declared, no high bound. Name the service in the inventory.")})
	}
	if len(carriers) > 0 {
		guests := carriers[0].Guests
		blocks = append(blocks, Paragraph{Text: words("No export says what ", b.someSystems(guests), " ", evidence.Noun(len(guests), "runs", "run"), " on: the high bound of ", b.some(carriers), " counts ", evidence.Noun(len(guests), "it", "them"), ".")})
	}
	return blocks
}

func (b *builder) some(systems []*rank.System) Text {
	var ids []string
	for _, s := range systems {
		ids = append(ids, s.ID)
	}
	return b.someSystems(ids)
}
