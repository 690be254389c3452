import { type Need, noticeEnds } from '@linghang/rulebook'
import { type Finding, finding, type Judged } from './judgement.ts'

export function noticed(judged: Judged, need: Need & { kind: 'NOTICE' }): Finding[] {
  const { notice } = judged.state
  const { citation, workingDays } = need
  const wanted = {
    zh: `公示不少于 ${workingDays} 个工作日`,
    en: `public notice for ${workingDays} working days at least`,
  }
  if (notice?.step !== judged.step.key)
    return [finding(judged, 'NOTICE_MISSING', { zh: '没有公示', en: 'no notice' }, wanted, { citation })]
  const upheld = Object.values(notice.objections).some(({ decided }) => decided?.upheld)
  if (upheld)
    return [
      finding(
        judged,
        'OBJECTION_UPHELD',
        { zh: '异议成立', en: 'an objection was upheld' },
        { zh: '没有成立的异议', en: 'no objection upheld' },
        { citation },
      ),
    ]
  const open = Object.values(notice.objections).filter(({ decided }) => decided === null).length
  if (open > 0)
    return [
      finding(
        judged,
        'OBJECTION_OPEN',
        `${open}`,
        { zh: '异议全部核实并作出结论', en: 'every objection looked into and decided' },
        { citation },
      ),
    ]
  const { on: until } = noticeEnds(notice.from, { ...need, workingDays: Math.max(workingDays, notice.workingDays) })
  if (notice.closedOn === null)
    return [
      finding(
        judged,
        'NOTICE_CUT_SHORT',
        { zh: '公示尚未结束', en: 'the notice is still open' },
        { zh: `公示至 ${until} 并办结`, en: `hung until ${until} and closed after it` },
        { citation },
      ),
    ]
  const { meeting } = judged.at
  if (meeting && notice.from < meeting.heldOn)
    return [
      finding(
        judged,
        'DATES_OUT_OF_ORDER',
        notice.from,
        { zh: `公示始于会议 ${meeting.heldOn} 之后`, en: `a notice that began after the meeting of ${meeting.heldOn}` },
        { citation },
      ),
    ]
  if (notice.closedOn <= until || notice.closedOn > judged.attempt.on)
    return [
      finding(
        judged,
        'NOTICE_CUT_SHORT',
        notice.closedOn,
        { zh: `公示至 ${until}`, en: `hung until ${until}` },
        { citation },
      ),
    ]
  const { recordedOn = notice.from } = notice
  // Nobody can have read it here: it hung on paper, which the branch has to be able to show.
  return recordedOn > until
    ? [
        finding(
          judged,
          'NOTICE_AFTERWARDS',
          { zh: `${recordedOn} 补录`, en: `written down on ${recordedOn}` },
          {
            zh: `公示期内（${until} 前）在系统登记，或留存张贴的证明`,
            en: `while it hung, until ${until}, or proof on paper`,
          },
          { citation, level: 'WARN' },
        ),
      ]
    : []
}
