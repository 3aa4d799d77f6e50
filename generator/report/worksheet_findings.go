package report

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/assess"
)

// findingsSheet is every finding, the worst first.
func (b *builder) findingsSheet() Worksheet {
	w := Worksheet{
		Name: "Findings", Note: "The worst first. Missing means that no record in any export shows it; it is never good news.",
		Columns: []WorksheetColumn{{Title: "State", Width: 13}, {Title: "Check", Width: 9}, {Title: "Subject", Width: 24}, {Title: "Kind", Width: 11}, {Title: "Service", Width: 20}, {Title: "What the record says", Width: 62},
			{Title: "Source rows", Width: 32}, {Title: "What closes it", Width: 40}, {Title: "Owner", Width: 20}, {Title: "Limit", Width: 22}, {Title: "Completeness", Width: 16}, {Title: "Discipline", Width: 20}, {Title: "Id", Width: 28}},
	}
	findings := make([]*assess.Finding, 0, len(b.Result.Findings))
	for i := range b.Result.Findings {
		findings = append(findings, &b.Result.Findings[i])
	}
	slices.SortStableFunc(findings, func(x, y *assess.Finding) int {
		return cmp.Or(worstFirst(x, y), cmp.Compare(b.serviceRank(x.Services), b.serviceRank(y.Services)), strings.Compare(x.ID, y.ID))
	})
	for _, f := range findings {
		says := f.Says.String()
		if f.State == assess.Excepted && f.Exception != nil {
			says += " Without exception " + f.Exception.ID + ": " + lower(StateWord(f.Raw)) + "."
		}
		attested := value("attested")
		if !f.Attested {
			attested = Value{Text: "not attested"}
		}
		w.Rows = append(w.Rows, []Value{
			stateValue(f.State), value(f.Check.ID), value(partOf(f)), value(f.Subject.Kind), valueOr(b.servicesOf(f), "the whole company"), value(says),
			placesValue(f.Sources, "no row found"), value(f.Check.Closes), valueOr(b.ownerOf(f), "no owner on record"), value(f.Check.Limit(b.Policy)), attested, value(disciplineNames[f.Check.Discipline].Long), value(f.ID),
		})
	}
	counts := assess.CountFindings(b.Result.Findings)
	w.Title = b.counted(counts, findingsCounted)
	w.cut("report.json")
	return w
}

// findingsCounted is what the findings sheet counts, in formulas.
const findingsCounted = "findings of this report"

func partOf(f *assess.Finding) string {
	if f.Part == "" || f.Part == f.Subject.Name {
		return f.Subject.Name
	}
	return f.Subject.Name + ": " + f.Part
}

// servicesOf are the names of the services that a finding concerns.
func (b *builder) servicesOf(f *assess.Finding) string {
	var names []string
	for i := range b.Ranking.Services {
		if id := b.Ranking.Services[i].ID; slices.Contains(f.Services, id) {
			names = append(names, b.serviceName(id))
		}
	}
	return strings.Join(names, ", ")
}

// serviceRank is the place of the first of some services in the ranking;
// behind all for none.
func (b *builder) serviceRank(ids []string) int {
	for i := range b.Ranking.Services {
		if slices.Contains(ids, b.Ranking.Services[i].ID) {
			return i
		}
	}
	return len(b.Ranking.Services)
}

// ownerOf is who answers for the subject of a finding: of the system, of the
// service it is, or of the first service that needs it.
func (b *builder) ownerOf(f *assess.Finding) string {
	for _, id := range systemsOf(f) {
		if s := b.Set.System(id); s != nil && s.Owner != "" {
			return s.Owner
		}
	}
	ids := f.Services
	if f.Subject.Kind == "service" {
		ids = []string{f.Subject.ID}
	}
	for i := range b.Ranking.Services {
		if id := b.Ranking.Services[i].ID; slices.Contains(ids, id) {
			if s := b.Set.Service(id); s != nil && s.Owner != "" {
				return s.Owner
			}
		}
	}
	return ""
}
