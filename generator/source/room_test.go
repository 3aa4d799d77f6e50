package source

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"proofpack/generator/diag"
)

// heads is a header of so many columns.
func heads(columns int) string {
	var all []string
	for i := range columns {
		all = append(all, fmt.Sprint("h", i))
	}
	return strings.Join(all, ",") + "\n"
}

func TestEmptyCellsAreBounded(t *testing.T) {
	for _, c := range []struct {
		fact, name, text string
		header           int
		refused          bool
	}{
		// 4,194,304 places, one in 64 with text; a row less is too few to mind.
		{"as many places as are never minded", "a.csv", heads(64) + strings.Repeat("x\n", sparseFrom/64), 1, false},
		{"a row more, almost all of it empty", "a.csv", heads(64) + strings.Repeat("x\n", sparseFrom/64+1), 1, true},
		{"a row more, one in 32 with text", "a.csv", heads(32) + strings.Repeat("x\n", sparseFrom/32+1), 1, false},
		{"a thousand columns over a million rows", "a.csv", heads(maxColumns) + strings.Repeat("x\n", 1_000_000), 1, true},
		{"the same in records of which the last has a thousand fields", "a.jsonl", strings.Repeat(`{"h0":"x"}`+"\n", 100_000) + `{"` + strings.Join(strings.Split(strings.TrimSpace(heads(1000)), ","), `":"x","`) + `":"x"}` + "\n", 0, true},
		{"more than 24 million empty cells, one in 40 with text", "a.csv", heads(40) + strings.Repeat("x\n", maxPlaces/39+1), 1, true},
	} {
		t.Run(c.fact, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			table, err := Read(c.name, strings.NewReader(c.text), Options{HeaderRow: c.header})
			runtime.ReadMemStats(&after)
			var p *diag.Problem
			if c.refused != (errors.As(err, &p) && p.Code == "too-many-cells") {
				t.Errorf("refused: %v", err)
			}
			if !c.refused && (err != nil || len(table.Rows) == 0) {
				t.Errorf("%v", err)
			}
			if got := after.TotalAlloc - before.TotalAlloc; got > 2<<30 {
				t.Errorf("%d MB were asked for", got>>20)
			}
		})
	}
}

// A stream keeps no rows, so it has no such bound.
func TestAStreamOfNarrowRowsIsNotBounded(t *testing.T) {
	rows := 0
	_, err := Stream("a.csv", strings.NewReader(heads(64)+strings.Repeat("x\n", sparseFrom/64+1)), Options{HeaderRow: 1}, func(*Table, Row) error { rows++; return nil })
	if err != nil || rows != sparseFrom/64+1 {
		t.Errorf("%d rows, %v", rows, err)
	}
}
