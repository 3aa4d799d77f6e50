package report

import (
	"proofpack/generator/assess"
	"proofpack/generator/diag"
)

// judged is what checks saw: the evidence, the graph and the policy.
func (b *builder) judged() *assess.Input {
	if b.asked == nil {
		b.asked = &assess.Input{Set: b.Set, Graph: b.Graph, Policy: b.Policy}
	}
	return b.asked
}

// outages are the incidents on record, the newest first.
func (b *builder) outages() []assess.Outage {
	if b.outagesMade == nil {
		b.outagesMade = assess.Outages(b.judged())
	}
	return b.outagesMade
}

// lessons are those of restore tests and incidents.
func (b *builder) lessons() []assess.Lesson {
	if b.lessonsMade == nil {
		b.lessonsMade = assess.Lessons(b.judged())
	}
	return b.lessonsMade
}

// lessonOf is the lesson of the restore test or incident that stands in a row.
func (b *builder) lessonOf(row diag.Pos) *assess.Lesson {
	lessons := b.lessons()
	for i := range lessons {
		if lessons[i].Pos == row {
			return &lessons[i]
		}
	}
	return &assess.Lesson{}
}
