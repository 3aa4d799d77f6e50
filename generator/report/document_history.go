package report

import (
	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

// diffRecords are what changed since the month before, in the order of the page.
func (b *builder) diffRecords() []any {
	list := []any{}
	if b.Past == nil || b.Past.Diff == nil {
		return list
	}
	for _, c := range b.rankedChanges() {
		list = append(list, ChangeRecord(c))
	}
	return list
}

// ChangeRecord is a change as report.json and the command line write it.
func ChangeRecord(c *history.Change) map[string]any {
	out := record{
		"class": string(c.Class), "id": c.ID, "check": nil, "subject": record{"kind": c.Kind, "id": c.Subject}, "services": append([]string{}, c.Services...),
		"was": orNil(c.Was), "is": orNil(c.Is), "was_text": orNil(c.WasText), "text": orNil(c.IsText), "cause": c.Cause,
	}
	if c.Check != "" {
		out["check"] = c.Check
	}
	return out
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// chainRecord is what the month follows; nil where nobody looked.
func (b *builder) chainRecord() any {
	if b.Past == nil {
		return nil
	}
	chain := &b.Past.Chain
	unused, months := []any{}, []any{}
	for _, u := range chain.Unused {
		unused = append(unused, record{"month": u.Month, "archive": u.Archive, "why": u.Why})
	}
	for i := range b.Past.Months {
		m := &b.Past.Months[i]
		months = append(months, record{"month": m.Name, "archive": m.Archive, "seal_sha256": m.Seal, "draft": m.Draft})
	}
	out := record{"first": chain.First, "previous": nil, "gaps": append([]string{}, chain.Gaps...), "months": months, "unused": unused, "notes": append([]string{}, chain.Notes...)}
	if p := chain.Previous; p != nil {
		out["previous"] = record{"month": p.Month, "archive": p.Archive, "seal_sha256": p.Seal, "draft": p.Draft}
	}
	return out
}

// trendRecord is the trend as data: the months with their counts, and the
// direction of each aim.
func (b *builder) trendRecord() any {
	months, aims := []any{}, []any{}
	out := record{"months": months, "aims": aims, "unchanged": 0, "not_retested": 0}
	if b.Past == nil {
		return out
	}
	for _, m := range b.allMonths() {
		months = append(months, record{"month": m.Name, "as_of": date(m.AsOf.In(b.Set.AsOf.Location())), "counts": counts(monthCounts(m, false)), "cells": counts(monthCounts(m, true))})
	}
	var before *evidence.Month
	if before = b.Past.Last(); before != nil {
		out["unchanged"], out["not_retested"] = b.Past.Diff.Unchanged, b.Past.Diff.Untested
	}
	for _, c := range history.Courses(before, b.Past.Now, b.Past.Diff) {
		aims = append(aims, record{"aim": c.Aim.Name, "direction": string(c.Direction), "for": c.For, "against": c.Against, "open": c.Open, "was_open": c.WasOpen, "why": orNil(c.Why)})
	}
	out["months"], out["aims"] = months, aims
	return out
}
