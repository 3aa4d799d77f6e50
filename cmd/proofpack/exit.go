package main

// Exit codes; codes are only added, and every unknown code is a failure.
const (
	exitOK          = 0 // done; the packet may still report bad news
	exitFailed      = 1 // could not finish: disk, permission, internal error
	exitUsage       = 2 // unknown command or option, bad value
	exitIncomplete  = 3 // built, but an export was absent or rows were rejected within the limit
	exitRefused     = 4 // not built: export absent, unreadable, or over the limit of rejected rows
	exitNotVerified = 5 // verify: changed, missing or extra files, bad signature
	exitDiffers     = 6 // rebuilt bytes differ from the packet
)

const exitCodesTopic = `Exit codes of proofpack:

  code  name          meaning                                               a scheduler should
  0     ok            done; the packet may still report bad news: bad       publish
                      news is not a failure of the tool
  1     failed        could not finish: disk, permission, internal error    alert
  2     usage         unknown command or option, bad value                  fix the call
  3     incomplete    built, but a required export was absent               publish and tell the owner
                      (--allow-missing) or rows were rejected within
                      the limit
  4     refused       not built: export absent, unreadable, or over the     alert, send the text to
                      limit of rejected rows                                the owner
  5     not verified  verify: changed, missing or extra files, or a bad     stop, tell audit
                      signature
  6     differs       verify --rebuild, build --reproduce: what is in the   tell audit
                      archive gives other bytes than the packet

Treat a code that is not listed here as a failure: codes are only added.
`
