package intake

import "proofpack/generator/evidence"

// readCredential reads one certificate, secret, key or licence. One without an
// end is kept: that is a finding of its own.
func readCredential(r *row, set *evidence.Set) {
	c := evidence.Credential{
		Pos: r.pos(), Name: r.key("name"), Kind: r.text("kind"), System: r.name("system"),
		NotBefore: r.day("not_before"), NotAfter: r.day("not_after"), Owner: r.person("owner"),
	}
	r.identify(c.Name, bare(c.System))
	if r.ok() {
		set.Credentials = append(set.Credentials, c)
	}
}

func credentialNames(set *evidence.Set, visit visitor) {
	for i := range set.Credentials {
		visit(mention{pos: set.Credentials[i].Pos, name: &set.Credentials[i].System, subject: true})
	}
}
