package history_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
)

// full is a record with something in every list.
func full(name string) *evidence.Month {
	m := month(name, found("BKP-01/DB", "failed", "“DB” & <HOST>"))
	amount := 50250.5
	m.Method, m.Counts, m.Cells = "1.0.0", map[string]int{"failed": 1}, map[string]int{"missing": 8}
	m.Systems = []evidence.PastSystem{{ID: "DB", Name: "db.corp", Row: 2, File: "exports/inventory.csv", Attributes: map[string]string{"os": "Windows Server 2019"}}}
	m.Accounts = []evidence.PastAccount{{Key: "ada@x", Privileged: true, Enabled: true}}
	m.Services = []evidence.PastService{{ID: "SHIP", Name: "Shipping", Rank: 1, Likely: &amount, Recovery: "missing"}}
	m.Forecasts = []evidence.PastForecast{filling("DB", "2026-06-12", 43), {System: "DB", Resource: "LOG", UsedPercent: 12}}
	m.Deliveries = []evidence.Delivery{{DataSet: "jobs", File: "exports/jobs.csv", Rows: 93}}
	return m
}

func bytesOf(t testing.TB, m *evidence.Month) []byte {
	t.Helper()
	data, err := history.Bytes(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRecordsAreReadAsTheyWereWritten(t *testing.T) {
	want := full("2026-04")
	data := bytesOf(t, want)
	got, err := history.Read("records.json", data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !bytes.Equal(data, bytesOf(t, got)) {
		t.Error("written again they are other bytes")
	}
	if bytes.Contains(data, []byte("0001-01-01")) {
		t.Error("a forecast without a day has one in the file")
	}
}

func TestRecordsInAnotherFormAreRefused(t *testing.T) {
	good := string(bytesOf(t, full("2026-04")))
	for _, c := range []struct{ fact, old, with string }{
		{"another form", "proofpack-records/1", "proofpack-records/2"},
		{"an unknown field", `"method"`, `"verdict": "good", "method"`},
		{"no month", `"month": "2026-04"`, `"month": "2026-13"`},
		{"a state that is none", `"state": "failed"`, `"state": "green"`},
		{"a count of no state", `"missing": 8`, `"good": 8`},
		{"no as-of", `"as_of": "2026-04-28T23:59:59.999999999Z"`, `"as_of": "0001-01-01T00:00:00Z"`},
		{"something behind it", "}\n", "}\n{}\n"},
		{"another order", `"limits"`, `"limits" `},
		{"not JSON", "{", "["},
	} {
		t.Run(c.fact, func(t *testing.T) {
			text := strings.Replace(good, c.old, c.with, 1)
			if c.old == "}\n" {
				text = good + "{}\n"
			}
			if text == good {
				t.Fatalf("the record does not hold %q", c.old)
			}
			_, err := history.Read("records.json", []byte(text))
			var p *diag.Problem
			if !errors.As(err, &p) {
				t.Errorf("%v, want a *diag.Problem", err)
			}
		})
	}
}

func TestKeptMonthsAreReadAsTheyWereWritten(t *testing.T) {
	april, may := full("2026-04"), full("2026-05")
	april.Archive, april.Seal, may.Draft = "a.zip", "00ff", true
	chain := history.Chain{Previous: &history.Link{Month: "2026-05", Archive: "b.zip", Seal: "ff00", Draft: true}, Unused: []history.Unused{{Month: "2026-03", Archive: "c.zip", Why: "it does not verify"}}}
	data, err := history.Kept(chain, []evidence.Month{*april, *may})
	if err != nil {
		t.Fatal(err)
	}
	got, months, err := history.ReadKept("history.json", data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(chain, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]evidence.Month{*april, *may}, months, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	swapped, err := history.Kept(chain, []evidence.Month{*may, *april})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := history.ReadKept("history.json", swapped); err == nil {
		t.Error("months in another order are read")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(bytesOf(f, full("2026-04")))
	f.Add([]byte("{}"))
	kept, err := history.Kept(history.Chain{First: true}, []evidence.Month{*full("2026-04")})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept)
	f.Fuzz(func(t *testing.T, data []byte) {
		var p *diag.Problem
		m, err := history.Read("records.json", data)
		if err != nil && !errors.As(err, &p) {
			t.Errorf("%v: not a *diag.Problem", err)
		}
		if err == nil && !bytes.Equal(bytesOf(t, m), data) {
			t.Error("what was read is written otherwise")
		}
		if _, _, err := history.ReadKept("history.json", data); err != nil && !errors.As(err, &p) {
			t.Errorf("%v: not a *diag.Problem", err)
		}
	})
}
