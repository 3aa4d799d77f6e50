package intake

import (
	"slices"

	"proofpack/generator/evidence"
	"proofpack/generator/source"
)

// A shape is an export that its headings name beyond doubt, and that needs
// more than matching columns: it is something this version does not read, or
// it lacks a column that the data set requires.
type shape struct {
	is       string              // what it is, in words
	keys     []string            // heading keys that all must be there
	dataSet  string              // it is read as this; "" when it is not read
	why      string              // why it is not read
	composed map[string][]string // canonical column -> heading keys whose values make it
	fixed    map[string]string   // canonical column -> the value every row has
	lacks    []string            // required columns the export never has
	note     string              // what the lack means
}

// noResult is said of listings of backups: that a backup is listed shows that
// it was made, not how its run ended.
const noResult = "the export lists backups, not how their runs ended: every result is unknown and proves no successful backup"

// shapes lists the exports with a shape of their own.
var shapes = []shape{
	{
		is: "snapshots of restic", keys: []string{"time", "tree", "paths", "hostname", "shortid"}, dataSet: evidence.Jobs,
		composed: map[string][]string{"job_id": {"hostname", "paths"}}, fixed: map[string]string{"kind": "backup"},
		lacks: []string{"result"}, note: noResult,
	},
	{
		is: "archives of borg", keys: []string{"archive", "barchive", "start"}, dataSet: evidence.Jobs,
		composed: map[string][]string{"job_id": {"name"}}, fixed: map[string]string{"kind": "backup"},
		lacks: []string{"result"}, note: noResult,
	},
	{
		is: "archives of borg", keys: []string{"chunkerparams", "commandline", "start", "end", "hostname"}, dataSet: evidence.Jobs,
		composed: map[string][]string{"job_id": {"name"}}, fixed: map[string]string{"kind": "backup"},
		lacks: []string{"result"}, note: noResult,
	},
	{
		is: "one archive of borg", keys: []string{"archivename", "archivestart", "archiveend", "archivecommandline"}, dataSet: evidence.Jobs,
		composed: map[string][]string{"job_id": {"archivename"}, "started": {"archivestart"}, "ended": {"archiveend"}, "size_bytes": {"archivestatsdeduplicatedsize"}},
		fixed:    map[string]string{"kind": "backup"},
		lacks:    []string{"result"}, note: noResult,
	},
	{
		is: "silences of Alertmanager", keys: []string{"createdby", "comment", "matchers", "startsat", "endsat"},
		why: "it says which alerts are muted, by whom and until when; silences are read from a later version",
	},
	{
		is: "a list of virtual machines that no backup job covers", keys: []string{"morefid", "uuid", "path", "vcenter"},
		why: "systems without a backup job are found by comparing the inventory with the jobs",
	},
	{
		is: "an item restore log of Veeam Backup for Microsoft 365", keys: []string{"sessionname", "itemname", "logentryid", "sessionresult", "processedobjects"},
		why: "its rows are single mailbox items that were opened, of no system of the inventory: no recovery is proven by them",
	},
	{
		is: "sign-ins of service principals", keys: []string{"serviceprincipalid", "serviceprincipalname", "signinerrorcode"},
		why: "its rows are of programs, and name no person's account; sign-ins of people are another export",
	},
	{
		is: "progress messages of restic", keys: []string{"messagetype", "percentdone"},
		why: "they carry neither a date nor a system; export `restic snapshots --json` instead",
	},
	{
		is: "block devices of one Linux machine", keys: []string{"majmin", "kname", "fstype"},
		why: "they carry neither a date nor the machine; export used and total space with a date and the system",
	},
	{
		is: "an assessment of ScubaGear", keys: []string{"controlid", "requirement", "result", "criticality"},
		why: "assessments of cloud settings are read from a later version",
	},
	{
		is: "an assessment of ScubaGear", keys: []string{"reportsummarymanual", "results"},
		why: "assessments of cloud settings are read from a later version",
	},
}

// shapeOf finds the shape of a table; nil when it has none of its own.
func shapeOf(headings []heading) *shape {
	keys := map[string]bool{}
	for _, h := range headings {
		keys[h.key] = true
	}
	for i := range shapes {
		if !slices.ContainsFunc(shapes[i].keys, func(k string) bool { return !keys[k] }) {
			return &shapes[i]
		}
	}
	return nil
}

// matchShape is the match of a shape that is read.
func matchShape(sh *shape, t *source.Table, headings []heading) *match {
	m := matchColumns(dataSet(sh.dataSet), t, headings, nil)
	m.composed = map[string][]int{}
	for name, keys := range sh.composed {
		for _, k := range keys {
			if col := slices.IndexFunc(headings, func(h heading) bool { return h.key == k }); col >= 0 {
				m.composed[name] = append(m.composed[name], col)
			}
		}
		if len(m.composed[name]) > 0 {
			delete(m.cols, name)
		}
	}
	for name, value := range sh.fixed {
		m.fixed[name] = value
	}
	for _, name := range sh.lacks {
		if !m.has(name) {
			m.lacks = append(m.lacks, name)
		}
	}
	m.missing = nil
	m.findMissing()
	m.missing = slices.DeleteFunc(m.missing, func(name string) bool { return slices.Contains(m.lacks, name) })
	return m
}
