package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"proofpack/generator/assess"
)

// A Document is what report.json says: the contract for scripts. The JSON
// Schema beside it is report.schema.json.
type Document struct {
	root map[string]any
}

// JSON writes the document: keys sorted, a record of a list on a line of its own.
func (d *Document) JSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("{\n")
	for i, key := range sortedKeys(d.root) {
		if i > 0 {
			b.WriteString(",\n")
		}
		fmt.Fprintf(&b, "%s: ", strconv.Quote(key))
		list, isList := d.root[key].([]any)
		if !isList || len(list) == 0 {
			if err := compact(&b, d.root[key]); err != nil {
				return nil, fmt.Errorf("report.json: %s: %w", key, err)
			}
			continue
		}
		b.WriteString("[\n")
		for n, record := range list {
			if n > 0 {
				b.WriteString(",\n")
			}
			if err := compact(&b, record); err != nil {
				return nil, fmt.Errorf("report.json: %s: %w", key, err)
			}
		}
		b.WriteString("\n]")
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

// List writes one list of the document, a record a line.
func (d *Document) List(key string) ([]byte, error) {
	list, ok := d.root[key].([]any)
	if !ok {
		return nil, fmt.Errorf("report.json has no list %s", key)
	}
	var b bytes.Buffer
	b.WriteString("[\n")
	for n, r := range list {
		if n > 0 {
			b.WriteString(",\n")
		}
		if err := compact(&b, r); err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}

// compact writes a value on one line; maps come out with their keys sorted.
func compact(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder's line feed
	return nil
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

type record = map[string]any

// document fills the document from what the pages were filled from. Figures are
// numbered by then.
func (b *builder) document(r *Report) *Document {
	cells := assess.Cells(b.Result, b.Set.Services)
	root := record{
		"format": "proofpack-report/1", "company": r.Company, "month": r.Month, "as_of": date(b.Set.AsOf), "currency": b.Set.Currency, "draft": r.Draft, "signer": r.Signer.Name, "build": r.BuildID,
		"tool":     record{"name": r.Tool.Name, "version": r.Tool.Version, "commit": r.Tool.Commit},
		"headline": r.Headline.Plain(),
		"counts":   counts(assess.CountFindings(b.Result.Findings)), "cells": counts(assess.CountCells(cells)),
		"services": b.serviceRecords(cells), "systems": b.systemRecords(),
		"findings": b.findingRecords(), "contradictions": b.contradictionRecords(), "incidents": b.incidentRecords(),
		"capacity": b.capacityRecords(), "recovery": b.recoveryRecords(), "actions": b.actionRecords(), "decisions": b.decisionRecords(),
		"questions": b.questionRecords(), "figures": b.figureRecords(), "sources": b.sourceRecords(), "unread": b.unreadRecords(),
		"unknown_systems": b.unknownRecords(), "diff": b.diffRecords(), "chain": b.chainRecord(), "trend": b.trendRecord(),
	}
	return &Document{root: root}
}
