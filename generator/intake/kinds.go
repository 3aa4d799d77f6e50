package intake

import (
	"strings"

	"proofpack/generator/evidence"
)

// A phrase is a word or words that name a kind of thing when a longer text
// holds them.
type phrase[T any] struct {
	words string // folded, spaces between; matched as whole words
	means T
}

// jobKinds are looked for in the kind of a job, then in its name, then in its
// message; the first that is found counts, so clean-up stands before backup:
// "snapshot consolidation" is no backup, and neither is a restore.
var jobKinds = []phrase[evidence.JobKind]{
	{"snapshot cleanup", evidence.JobCleanup}, {"cleanup", evidence.JobCleanup}, {"clean up", evidence.JobCleanup},
	{"consolidate", evidence.JobCleanup}, {"consolidation", evidence.JobCleanup}, {"retention", evidence.JobCleanup},
	{"purge", evidence.JobCleanup}, {"prune", evidence.JobCleanup}, {"garbage collection", evidence.JobCleanup},
	{"consistency", evidence.JobIntegrity}, {"dbcc", evidence.JobIntegrity}, {"checkdb", evidence.JobIntegrity}, {"check db", evidence.JobIntegrity},
	{"dbcheck", evidence.JobIntegrity}, {"db check", evidence.JobIntegrity}, {"integrity", evidence.JobIntegrity}, {"verify", evidence.JobIntegrity},
	{"verification", evidence.JobIntegrity}, {"health check", evidence.JobIntegrity}, {"fsck", evidence.JobIntegrity}, {"scrub", evidence.JobIntegrity},
	{"replication", evidence.JobReplication}, {"replica", evidence.JobReplication}, {"replicate", evidence.JobReplication},
	{"restore", evidence.JobOther},
	{"backup", evidence.JobBackup}, {"back up", evidence.JobBackup}, {"snapshot", evidence.JobBackup}, {"snap", evidence.JobBackup},
}

// jobKindWords mean something only where the kind of a job stands.
var jobKindWords = []phrase[evidence.JobKind]{
	{"full", evidence.JobBackup}, {"incremental", evidence.JobBackup}, {"increment", evidence.JobBackup}, {"differential", evidence.JobBackup},
	{"synthetic", evidence.JobBackup}, {"copy", evidence.JobBackup}, {"archive", evidence.JobBackup}, {"mirror", evidence.JobReplication},
	{"other", evidence.JobOther},
}

// jobKind is the kind that a cell of the kind column names; "" when it names
// none.
func jobKind(cell string) evidence.JobKind {
	if k, found := phraseIn(cell, jobKinds); found {
		return k
	}
	k, _ := phraseIn(cell, jobKindWords)
	return k
}

// classes are looked for in the kind of a system. A longer or more telling
// phrase stands before a shorter one: a backup server is no server.
var classes = []phrase[evidence.Class]{
	{"backup server", evidence.ClassBackup}, {"backup appliance", evidence.ClassBackup}, {"backup repository", evidence.ClassBackup}, {"backup proxy", evidence.ClassBackup}, {"backup", evidence.ClassBackup},
	{"domain controller", evidence.ClassDomainController}, {"active directory", evidence.ClassDomainController}, {"dc", evidence.ClassDomainController},
	{"primary domain controller", evidence.ClassDomainController},
	{"virtualization host", evidence.ClassHypervisor}, {"virtualisation host", evidence.ClassHypervisor}, {"hypervisor", evidence.ClassHypervisor}, {"vm host", evidence.ClassHypervisor},
	{"esxi", evidence.ClassHypervisor}, {"esx", evidence.ClassHypervisor}, {"hyper v host", evidence.ClassHypervisor}, {"vmware host", evidence.ClassHypervisor}, {"proxmox", evidence.ClassHypervisor}, {"virtual host", evidence.ClassHypervisor},
	{"database", evidence.ClassDatabase}, {"sql server", evidence.ClassDatabase}, {"db", evidence.ClassDatabase}, {"sql", evidence.ClassDatabase}, {"oracle", evidence.ClassDatabase}, {"postgres", evidence.ClassDatabase}, {"mysql", evidence.ClassDatabase},
	{"storage", evidence.ClassStorage}, {"san", evidence.ClassStorage}, {"nas", evidence.ClassStorage}, {"disk array", evidence.ClassStorage}, {"datastore", evidence.ClassStorage},
	{"file server", evidence.ClassServer}, {"print server", evidence.ClassServer},
	{"web", evidence.ClassWeb}, {"website", evidence.ClassWeb}, {"web server", evidence.ClassWeb},
	{"firewall", evidence.ClassEdge}, {"vpn", evidence.ClassEdge}, {"router", evidence.ClassEdge}, {"switch", evidence.ClassEdge}, {"gateway", evidence.ClassEdge},
	{"cloud", evidence.ClassCloud}, {"saas", evidence.ClassCloud}, {"azure", evidence.ClassCloud}, {"aws", evidence.ClassCloud}, {"tenant", evidence.ClassCloud},
	{"workstation", evidence.ClassWorkstation}, {"desktop", evidence.ClassWorkstation}, {"laptop", evidence.ClassWorkstation}, {"notebook", evidence.ClassWorkstation}, {"pc", evidence.ClassWorkstation}, {"appliance", evidence.ClassWorkstation}, {"client", evidence.ClassWorkstation},
	{"line", evidence.ClassLine}, {"circuit", evidence.ClassLine}, {"internet", evidence.ClassLine}, {"isp", evidence.ClassLine}, {"wan", evidence.ClassLine}, {"access point", evidence.ClassLine}, {"network", evidence.ClassLine}, {"wireless", evidence.ClassLine}, {"modem", evidence.ClassLine}, {"patch panel", evidence.ClassLine},
	{"server", evidence.ClassServer}, {"virtual machine", evidence.ClassServer}, {"vm", evidence.ClassServer}, {"application", evidence.ClassServer}, {"app", evidence.ClassServer}, {"host", evidence.ClassServer}, {"container", evidence.ClassServer}, {"windows", evidence.ClassServer}, {"linux", evidence.ClassServer},
}

// classOf is the class of a kind as written. "line-of-business server" is a
// server and no line.
func classOf(kind string) evidence.Class {
	text := strings.ReplaceAll(foldWords(kind), "line of business", "business")
	if c, found := phraseIn(text, classes); found {
		return c
	}
	return evidence.ClassOther
}

// phraseIn finds the first phrase of the list that the text holds as whole
// words.
func phraseIn[T any](text string, list []phrase[T]) (T, bool) {
	text = " " + plainWords(text) + " "
	for _, p := range list {
		if strings.Contains(text, " "+p.words+" ") {
			return p.means, true
		}
	}
	var none T
	return none, false
}

// plainWords is folded text with one space between runs of letters and digits;
// a change from small to capital letters begins a word too.
func plainWords(text string) string {
	var b strings.Builder
	lower := false
	for _, r := range text {
		if r >= 'A' && r <= 'Z' && lower {
			b.WriteByte(' ')
		}
		lower = r >= 'a' && r <= 'z'
		b.WriteRune(r)
	}
	return strings.Join(headingWords(fold(b.String())), " ")
}

// retiredWords are states of a system that is no longer in use.
var retiredWords = map[string]bool{
	"retired": true, "decommissioned": true, "disposed": true, "scrapped": true, "end of life": true, "removed": true, "deleted": true, "archived": true, "sold": true, "lost": true, "stolen": true,
}

// isRetired tells whether the state says that the system is out of use. ServiceNow's
// install_status 7 is retired.
func isRetired(status string) bool {
	s := foldWords(status)
	return retiredWords[s] || s == "7"
}
