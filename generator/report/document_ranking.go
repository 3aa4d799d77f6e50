package report

import (
	"slices"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/rank"
)

func counts(c assess.Counts) record {
	return record{"proven": c.Proven, "failed": c.Failed, "missing": c.Missing, "stale": c.Stale, "excepted": c.Excepted, "not_applicable": c.NotApplicable, "total": c.Total()}
}

func exposure(e rank.Exposure) record {
	out := record{"horizon_days": e.Days, "low": any(e.Low), "likely": any(e.Likely), "high": any(e.High)}
	if !e.Known {
		out["low"], out["likely"], out["high"] = nil, nil, nil
	}
	if e.Unbounded {
		out["high"] = nil
	}
	return out
}

func ladder(rungs []rank.Rung) []any {
	list := []any{}
	for _, r := range rungs {
		rung := record{"label": r.Label, "hours": r.Hours, "amount": any(r.Amount), "formula": r.Formula}
		if !r.Known {
			rung["amount"] = nil
		}
		list = append(list, rung)
	}
	return list
}

func proofs(p assess.Proofs) record {
	return record{"owner": p.Owner.String(), "monitoring": p.Monitoring.String(), "access_review": p.AccessReview.String(), "recovery": p.Recovery.String()}
}

func (b *builder) serviceRecords(cells []assess.Cell) []any {
	disciplines := map[string]record{}
	for _, c := range cells {
		if disciplines[c.Service] == nil {
			disciplines[c.Service] = record{}
		}
		disciplines[c.Service][string(c.Discipline)] = c.State.String()
	}
	list := []any{}
	for i := range b.Ranking.Services {
		s := &b.Ranking.Services[i]
		svc := b.Set.Service(s.ID)
		if svc == nil {
			continue
		}
		drivers, drifts := []any{}, []any{}
		for _, d := range s.Drivers {
			drivers = append(drivers, record{"system": d.System, "text": d.Says.String(), "exposure": exposure(d.Exposure)})
		}
		for _, d := range s.Drifts {
			drifts = append(drifts, record{"name": d.Name, "findings": d.Findings})
		}
		out := record{
			"id": s.ID, "name": svc.Name, "rank": s.Rank, "stops": string(svc.Stops), "exposure": exposure(s.Exposure), "exposure_long": exposure(s.Exposure90),
			"loss": record{"hours": s.Hours[rank.Likely], "amount": any(int64(whole(s.OneOutage[rank.Likely]))), "measured": s.Measured}, "ladder": ladder(s.Ladder),
			"drivers": drivers, "drifts": drifts, "disciplines": disciplines[s.ID], "four_proofs": proofs(assess.FourProofs(b.Result, s.ID)), "down_set": b.Graph.Needs(s.ID),
		}
		if !s.Exposure.Known {
			out["loss"] = record{"hours": s.Hours[rank.Likely], "amount": nil, "measured": s.Measured}
		}
		list = append(list, out)
	}
	return list
}

func (b *builder) systemRecords() []any {
	list := []any{}
	for i := range b.Ranking.Systems {
		s := &b.Ranking.Systems[i]
		sys := b.Set.System(s.ID)
		if sys == nil {
			continue
		}
		drivers := []any{}
		for _, c := range s.Causes {
			drivers = append(drivers, record{"system": s.ID, "text": c.Name, "missing": c.Missing, "p": c.P, "loss": c.Loss})
		}
		disciplines := record{}
		for _, d := range assess.Disciplines {
			disciplines[string(d)] = worstIn(b.bySystem[s.ID], d).String()
		}
		out := record{
			"id": s.ID, "name": orWord(sys.Name, s.ID), "rank": s.Rank, "kind": sys.Kind, "in_inventory": sys.InInventory, "exposure": exposure(s.Exposure), "exposure_long": exposure(s.Exposure90),
			"loss": record{"hours": s.Hours[rank.Likely], "amount": any(int64(whole(s.Loss[rank.Likely]))), "measured": s.Measured}, "ladder": ladder(s.Ladder), "drivers": drivers,
			"disciplines": disciplines, "four_proofs": proofs(assess.SystemProofs(b.Result, s.ID)), "down_set": append([]string{}, s.Down...), "down_systems": append([]string{}, s.DownSystems...),
			"single_point": s.SinglePoint, "value_of_proof": s.Proof,
		}
		if !s.Exposure.Known {
			out["loss"] = record{"hours": s.Hours[rank.Likely], "amount": nil, "measured": s.Measured}
		}
		list = append(list, out)
	}
	return list
}

func (b *builder) findingRecords() []any {
	list := []any{}
	for i := range b.Result.Findings {
		f := &b.Result.Findings[i]
		out := record{
			"id": f.ID, "check": f.Check.ID, "subject": record{"kind": f.Subject.Kind, "id": f.Subject.ID}, "service": b.firstService(f.Services), "services": append([]string{}, f.Services...),
			"discipline": string(f.Check.Discipline), "state": f.State.String(), "text": f.Says.String(), "sources": places(f.Sources), "closes": f.Check.Closes, "controls": controlList(f.Check.Controls),
			"attested": f.Attested,
		}
		if f.State == assess.Excepted && f.Exception != nil {
			out["exception"] = record{"id": f.Exception.ID, "raw": f.Raw.String()}
		}
		if f.Drift != "" {
			out["drift"] = f.Drift
		}
		list = append(list, out)
	}
	return list
}

// firstService is the service of the largest exposure among some; nil for none.
func (b *builder) firstService(ids []string) any {
	for i := range b.Ranking.Services {
		if slices.Contains(ids, b.Ranking.Services[i].ID) {
			return b.Ranking.Services[i].ID
		}
	}
	return nil
}

func controlList(c assess.Controls) []string {
	all := []string{}
	for _, g := range []struct {
		name string
		ids  []string
	}{{"CSF", c.CSF}, {"SP800-53", c.SP80053}, {"CIS", c.CIS}, {"HIPAA", c.HIPAA}, {"ISO27001", c.ISO}} {
		for _, id := range g.ids {
			all = append(all, g.name+" "+id)
		}
	}
	return all
}

func place(p diag.Pos) record {
	return record{"file": p.File, "sheet": p.Sheet, "row": p.Row}
}

func places(at []diag.Pos) []any {
	list := []any{}
	for _, p := range at {
		list = append(list, place(p))
	}
	return list
}
