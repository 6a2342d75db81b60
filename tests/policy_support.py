"""Policy texts that several tests read, and how to get at the fault of one."""

import pytest

from workbench.policy import loading

DEFAULT = (loading.FOLDER / "default.toml").read_text("utf-8")
TOP = 'extends = "default"\n'

# A fault is expected on each line with #!, at the key and with the words that follow; and on no other.
BROKEN = """\
extends = "default"
title = "坏规则"                              #! title | must be a table, not 坏规则
zone = "Asia/Shangai"                         #! zone | did you mean Asia/Shanghai?
regrade = "retroactiv"                        #! regrade | did you mean retroactive
reopen = 5                                    #! reopen | must be text
colour = "red"                                #! colour | is not known here; known are: title

[kinds]
complaint = { zh = "投诉", en = "Complaint", grade = true }   #! kinds.complaint.grade | did you mean graded
rumour = { zh = "传言" }                      #! kinds.rumour | en is missing
Complaint2 = { zh = "投诉", en = "Complaint" } #! kinds.Complaint2 | small letters

[flags]
media = { zh = "媒体", en = "Media", level = 5 }   #! flags.media.level | from 1 to 4, not 5
march = { zh = "\\u001b[2J", en = "March" }   #! flags.march.zh | cannot be seen: ␛[2J

[clocks.response]
target = "3 h"                                #! clocks.response.target | like "3h"
calendar = "alway"                            #! clocks.response.calendar | did you mean always
stops = [
  "acknowledge",
  "aknowledge",                               #! clocks.response.stops[2] | did you mean acknowledge
]
escalate = [
  { percent = 50, to = "handler" },
  { percent = 0, to = "handler" },            #! clocks.response.escalate[2].percent | from 1 to 1000, not 0
  { percent = 99, to = "boss" },              #! clocks.response.escalate[3].to | known are: handler
  { percent = 49, to = "handler" },           #! clocks.response.escalate[4] | must go up
]

[clocks.proposal]
target = "3661d"                              #! clocks.proposal.target | 3660 days, not 3661d
by_level = { 1 = "2h", 5 = "3h" }             #! clocks.proposal.by_level.5 | known are: 1 2 3 4

[clocks.update]                               #! clocks.update | source is missing
name = { zh = "进展", en = "Update" }
target = "1d"
calendar = "always"
kinds = ["complaint", "complaint"]            #! clocks.update.kinds[2] | stands here twice
starts = []                                   #! clocks.update.starts | must not be empty
stops = ["reply"]
after = "update"                              #! clocks.update.after | none would ever start

[calendars.night]
zone = "Asia/Shanghai"
week = { mon = ["20:00-08:00"], tue = ["7:00-9:00"] }  #! calendars.night.week.tue | are not hours
shifts = [
  { date = 2026-02-14, hours = ["09:00-12:00"] },
  { date = "2026-02-30", hours = [] },        #! calendars.night.shifts[2].date | a date like 2026-05-01
]

[calendars.holiday]
zone = "Asia/Shanghai"
week = { mon = ["09:00-12:00"] }
holidays = [{ date = 2026-02-16, name = "春节" }]
shifts = [{ date = 2026-02-16, hours = ["09:00-12:00"] }]  #! calendars.holiday.shifts[1] | is a holiday

[calendars.idle]
zone = "Asia/Shanghai"
week = {}                                     #! calendars.idle.week | has no working time

[severity]
repeat = true                                 #! severity.repeat | from 1 to 4, not true
people = [
  { at_least = 10, level = 2 },               #! severity.people[1] | less grave
  { at_least = 3, level = 1 },
]
claim = [{ at_least = 0.1, level = 1 }]       #! severity.claim[1].at_least | like "10000.00"
ages = [{ level = 1 }]                        #! severity.ages[1] | either months or days
cluster = { complainants = 1, months = 1, level = 2 }      #! severity.cluster.complainants | from 2
"""

NIGHTS = """\
extends = "default"
[calendars.nights]
zone = "Asia/Shanghai"
week = { mon = ["20:00-08:00"], tue = ["20:00-24:00"], sun = ["10:00-12:00"] }
holidays = [{ date = "2026-01-01", name = "元旦" }]
shifts = [{ date = 2026-01-03, hours = ["09:00-10:00"] }]
breaks = [{ date = "2026-01-06", hours = ["02:00-03:00"] }]
"""


def only_fault(text: str) -> loading.Fault:
    with pytest.raises(loading.PolicyFaults) as caught:
        loading.parse(text, "mine.toml")
    (fault,) = caught.value.faults
    return fault
