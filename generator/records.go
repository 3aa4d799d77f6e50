package generator

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"proofpack/generator/evidence"
	"proofpack/generator/history"
	"proofpack/generator/publish"
	"proofpack/generator/report"
	"proofpack/generator/seal"
)

// records are the tables of the archive that an auditor sums up without our
// program: every row with what became of it, and control totals. Beside them
// stands what the month leaves for those after it, and what it was built on of
// those before.
func records(set *evidence.Set, policy *publish.Policy, past *history.Past, rep *report.Report) ([]seal.Document, error) {
	docs := []seal.Document{
		{Path: "control-totals.csv", Data: controlTotals(set)},
		{Path: "used.csv", Data: rowsWith(set, evidence.RowUsed)},
		{Path: "rejected.csv", Data: rejectedRows(set, policy)},
		{Path: "exceptions.csv", Data: exceptionRows(set, policy)},
	}
	if findings, err := rep.Document.List("findings"); err == nil {
		docs = append(docs, seal.Document{Path: "findings.json", Data: findings})
	}
	now, err := history.Bytes(past.Now)
	if err != nil {
		return nil, err
	}
	before, err := history.Kept(past.Chain, past.Months)
	if err != nil {
		return nil, err
	}
	return append(docs, seal.Document{Path: history.RecordsFile, Data: now}, seal.Document{Path: history.HistoryFile, Data: before}), nil
}

// table writes a CSV with every cell quoted and guarded.
func table(head []string, rows [][]string) []byte {
	var b bytes.Buffer
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('"')
			b.WriteString(strings.ReplaceAll(guarded(c), `"`, `""`))
			b.WriteByte('"')
		}
		b.WriteByte('\n')
	}
	line(head)
	for _, r := range rows {
		line(r)
	}
	return b.Bytes()
}

// formulaStarts are the characters, full-width forms among them, by which a
// spreadsheet takes a cell for a formula (OWASP ASVS 1.2.10).
const formulaStarts = "=+-@＝＋－＠"

// guarded puts an apostrophe before what a spreadsheet would run. A number
// stays a number.
func guarded(cell string) string {
	trimmed := strings.TrimLeft(cell, " \t\r\n\x00\ufeff")
	if trimmed == "" || !strings.ContainsRune(formulaStarts, []rune(trimmed)[0]) {
		return cell
	}
	if _, err := strconv.ParseFloat(trimmed, 64); err == nil {
		return cell
	}
	return "'" + cell
}

// rejectedRows is rejected.csv: every row that was not used, with its reason
// and the cells of the columns that are published.
func rejectedRows(set *evidence.Set, policy *publish.Policy) []byte {
	var rows [][]string
	for i := range set.Inputs {
		in := &set.Inputs[i]
		columns := policy.Columns(in)
		head := joinCells(columns.Header)
		for _, r := range in.Rows {
			if r.Status != evidence.RowUsed {
				rows = append(rows, []string{in.DataSet, in.File, in.Sheet, strconv.Itoa(r.N), string(r.Status), policy.Text(r.Reason), head, joinCells(columns.Row(r.Cells))})
			}
		}
	}
	return table([]string{"data_set", "file", "sheet", "row", "status", "reason", "columns", "cells"}, rows)
}

// joinCells is a row as one CSV line, so that no cell is lost.
func joinCells(cells []string) string {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(cells); err != nil {
		return strings.Join(cells, ",")
	}
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

func rowsWith(set *evidence.Set, status evidence.RowStatus) []byte {
	var rows [][]string
	for i := range set.Inputs {
		in := &set.Inputs[i]
		for _, r := range in.Rows {
			if r.Status == status {
				rows = append(rows, []string{in.DataSet, in.File, in.Sheet, strconv.Itoa(r.N)})
			}
		}
	}
	return table([]string{"data_set", "file", "sheet", "row"}, rows)
}

func controlTotals(set *evidence.Set) []byte {
	var rows [][]string
	for i := range set.Inputs {
		in := &set.Inputs[i]
		expected := "not declared"
		if in.Expected >= 0 {
			expected = strconv.Itoa(in.Expected)
		}
		rows = append(rows, []string{in.DataSet, in.File, in.Sheet, in.SHA256, strconv.Itoa(in.Read), strconv.Itoa(in.Used), strconv.Itoa(in.Rejected), strconv.Itoa(in.Duplicate), strconv.Itoa(in.SetAside), expected, string(in.Standing)})
	}
	return table([]string{"data_set", "file", "sheet", "sha256", "rows_read", "rows_used", "rows_rejected", "rows_duplicate", "rows_set_aside", "rows_expected", "completeness"}, rows)
}

func exceptionRows(set *evidence.Set, policy *publish.Policy) []byte {
	var rows [][]string
	for _, x := range set.Exceptions {
		rows = append(rows, []string{x.ID, x.Rule, x.System, x.Service, x.Why, x.ApprovedBy, x.UntilText, x.Compensating, x.Pos.File})
		last := len(rows) - 1
		for i, cell := range rows[last] {
			rows[last][i] = policy.Text(cell)
		}
		rows[last] = append(rows[last], strconv.Itoa(x.Pos.Row))
	}
	return table([]string{"exception_id", "rule", "system", "service", "why", "approved_by", "until", "compensating", "file", "row"}, rows)
}
