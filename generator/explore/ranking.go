package explore

import (
	"encoding/json"
	"fmt"
	"math"

	"proofpack/generator/evidence"
	"proofpack/generator/name"
	"proofpack/generator/report"
)

// A Ranking is what the ranking page explores: services and systems in the
// order of the report.
type Ranking struct {
	Days     int // horizon of the exposures
	Subjects []Subject
}

// A Subject is a service or a system with its exposure, in whole currency units.
type Subject struct {
	Kind              string // "Service" or "System"
	Rank              int    // among its kind, 1 is worst
	Name              string
	Href              string // its page, relative to the folder's root; "" none
	Low, Likely, High int64
	Unbounded         bool    // no high bound
	Undeclared        bool    // no amounts at all: nobody declared the impact
	Hours             float64 // of recovery, likely
	Measured          bool    // the hours were measured
	Because           string  // the costliest driver, in words
	Recovery          string  // state of the recovery proof
}

// A listed record is what this package reads of report.json.
type listed struct {
	ID, Name string
	Rank     int
	Exposure struct {
		Low, Likely, High *int64
		Days              int `json:"horizon_days"`
	}
	Loss struct {
		Hours    float64
		Measured bool
	}
	Drivers []struct{ System, Text string }
	Proofs  struct{ Recovery string } `json:"four_proofs"`
}

// rankingOf takes the ranking from the report's own document, so that no number
// can differ from report.json.
func rankingOf(r *report.Report) (Ranking, error) {
	pages := map[string]bool{}
	for _, p := range r.Pages {
		pages[p.Path] = true
	}
	k := Ranking{}
	for _, list := range []struct{ key, kind, folder string }{
		{"services", "Service", "services/"}, {"systems", "System", "systems/"},
	} {
		text, err := r.Document.List(list.key)
		if err != nil {
			return k, err
		}
		var records []listed
		if err := json.Unmarshal(text, &records); err != nil {
			return k, fmt.Errorf("report.json: %s: %w", list.key, err)
		}
		slugs := map[string]int{}
		for i := range records {
			slugs[slugOf(list.kind, &records[i])]++
		}
		for i := range records {
			rec := &records[i]
			s := subjectOf(list.kind, rec)
			// Two of one slug have numbered pages: then no link is better than a wrong one.
			slug := slugOf(list.kind, rec)
			if path := list.folder + slug + ".html"; slugs[slug] == 1 && pages[path] {
				s.Href = path
			}
			k.Days = max(k.Days, rec.Exposure.Days)
			k.Subjects = append(k.Subjects, s)
		}
	}
	return k, nil
}

// slugOf is the name that the page of a subject goes by: a service's is made of
// its name, a system's of its id.
func slugOf(kind string, r *listed) string {
	if kind == "Service" {
		return name.Slug(r.Name, 40)
	}
	return name.Slug(r.ID, 40)
}

func subjectOf(kind string, r *listed) Subject {
	s := Subject{Kind: kind, Rank: r.Rank, Name: r.Name, Hours: r.Loss.Hours, Measured: r.Loss.Measured, Recovery: r.Proofs.Recovery}
	if kind == "System" {
		s.Name = r.ID
	}
	s.Undeclared = r.Exposure.Likely == nil
	s.Unbounded = r.Exposure.High == nil
	for _, amount := range []struct {
		to   *int64
		from *int64
	}{{&s.Low, r.Exposure.Low}, {&s.Likely, r.Exposure.Likely}, {&s.High, r.Exposure.High}} {
		if amount.from != nil {
			*amount.to = *amount.from
		}
	}
	if len(r.Drivers) > 0 {
		s.Because = r.Drivers[0].Text
		if kind == "Service" && r.Drivers[0].System != "" {
			s.Because = r.Drivers[0].System + ": " + r.Drivers[0].Text
			if r.Drivers[0].Text == "" {
				s.Because = r.Drivers[0].System
			}
		}
	}
	return s
}

// columns are the fields of the rows, numbers with their words beside them.
func (k Ranking) columns(currency string) []column {
	fields := []string{"order", "kind", "rank", "name", "href", "low", "lowText", "likely", "likelyText", "high", "highText", "hours", "hoursText", "recovery", "because"}
	columns := make([]column, len(fields))
	at := map[string]int{}
	for i, f := range fields {
		columns[i] = column{key: f, values: []any{}}
		at[f] = i
	}
	for i := range k.Subjects {
		s := &k.Subjects[i]
		put := func(key string, v any) { columns[at[key]].values = append(columns[at[key]].values, v) }
		amount := func(key string, v int64, known bool, absence string) {
			if !known {
				put(key, nil)
				put(key+"Text", absence)
				return
			}
			put(key, v)
			put(key+"Text", evidence.Money(float64(v), currency))
		}
		put("order", i)
		put("kind", s.Kind)
		put("rank", s.Rank)
		put("name", visible(s.Name))
		put("href", s.Href)
		amount("low", s.Low, !s.Undeclared, "not declared")
		amount("likely", s.Likely, !s.Undeclared, "not declared")
		absence := "no high bound"
		if s.Undeclared {
			absence = "impact not declared"
		}
		amount("high", s.High, !s.Undeclared && !s.Unbounded, absence)
		hours, how := math.Round(s.Hours*10)/10, "assumed"
		if s.Measured {
			how = "measured"
		}
		put("hours", hours)
		put("hoursText", fmt.Sprintf("%g h, %s", hours, how))
		put("recovery", state(s.Recovery))
		put("because", visible(s.Because))
	}
	return columns
}
