import {
  type Block,
  blank,
  blankDate,
  countOr,
  dateOr,
  type Inline,
  label,
  paragraph,
  type Row,
  row,
  signature,
  table,
  value,
} from '@linghang/documents'
import { countVote, type StepKey } from '@linghang/rulebook'
import type { Fields } from '../case-fields.ts'
import type { CaseApproval, CaseFile, CaseMeeting } from '../case-file.ts'

/** Whether a paper that admission and conversion share is the conversion's; told without its step, by `done` alone. */
export const isOfConversion = (file: CaseFile, done: StepKey): boolean =>
  file.step === undefined ? file.steps[done] !== undefined : file.step.startsWith('CONVERSION')

/** Who it is, as the head of most forms has it. */
export const personRows = (fields: Fields): Row[] => [
  row(
    11,
    label('姓　名'),
    value(fields.cell('name')),
    label('性　别'),
    value(fields.cell('sex')),
    label('民　族'),
    value(fields.cell('ethnicity')),
  ),
  row(
    11,
    label('出生年月'),
    value(fields.cell('birthMonth')),
    label('学　历'),
    value(fields.cell('education')),
    label('职　务'),
    value(fields.cell('post')),
  ),
  row(
    11,
    label('所在支部'),
    value(fields.cell('branch'), { columns: 3 }),
    label('联系电话'),
    value(fields.cell('phone')),
  ),
]

/** When, where and who, as the head of a meeting's record. */
export const meetingTable = (meeting: CaseMeeting | null, branch: Inline): Block =>
  table(
    [28, 50, 28, 50],
    row(11, label('会议时间'), value(dateOr(meeting?.heldOn)), label('会议地点'), value(meeting?.place ?? null)),
    row(11, label('主 持 人'), value(meeting?.chair ?? null), label('记 录 人'), value(meeting?.recorder ?? null)),
    row(
      11,
      label('应到人数'),
      value(meeting?.due == null ? null : `${meeting.due}`),
      label('实到人数'),
      value(meeting?.present == null ? null : `${meeting.present}`),
    ),
    row(11, label('党 支 部'), value(branch, { columns: 3 })),
    row(16, label('出席人员'), value(null, { columns: 3 })),
    row(16, label('缺席人员\n及 原 因'), value(null, { columns: 3 })),
  )

/** The count of a secret ballot; what is not counted yet is left to be written in. */
export function voteSentence(meeting: CaseMeeting | null): Block {
  const ballots = meeting?.ballots
  const written = ballots ? ballots.writtenInFavour + ballots.writtenAgainst : null
  return paragraph`应到会有表决权的正式党员${countOr(ballots?.due)}名，实到会${countOr(ballots?.present)}名，会前提出书面意见${countOr(written)}名。采取无记名投票方式表决，赞成${countOr(ballots && countVote(ballots).inFavour)}票（含书面意见${countOr(ballots?.writtenInFavour)}票），不赞成${countOr(ballots && ballots.against + ballots.writtenAgainst)}票（含书面意见${countOr(ballots?.writtenAgainst)}票），弃权${countOr(ballots?.abstained)}票。赞成票须达到${countOr(ballots && countVote(ballots).needed)}票方为通过。`
}

const outcomes = { APPROVED: '同意', REFUSED: '不同意', RETURNED: '退回补正' } as const
export const outcomeOr = (approval: CaseApproval | null): Inline =>
  approval?.outcome ? outcomes[approval.outcome] : blank(4)

/** 中共……支部委员会, as the one who signs. */
export const signedByBranch = (fields: Fields, date: readonly Inline[] = [fields.date('today')]): Block =>
  signature([fields.text('branch', 12), '（盖章）'], date)
export const signedByCommittee = (fields: Fields, date: readonly Inline[] = blankDate): Block =>
  signature([fields.text('committee', 12), '（盖章）'], date)

export const talkTable = (what: { heldOn: Inline; by: Inline | null; whom: Inline; whomPost: Inline | null }): Block =>
  table(
    [28, 50, 28, 50],
    row(11, label('谈话时间'), value(what.heldOn), label('谈话地点'), value(null)),
    row(11, label('谈 话 人'), value(what.by), label('职　　务'), value(null)),
    row(11, label('谈话对象'), value(what.whom), label('单位职务'), value(what.whomPost)),
  )
