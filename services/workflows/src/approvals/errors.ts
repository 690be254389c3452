import { defineErrors } from '@linghang/subgraph/errors'

export const { fail, table } = defineErrors({
  APPROVAL_NOT_OPEN: {
    zh: '这件报批事项不在待批状态：现为 {found}，应为 OPEN（{article}）',
    en: 'This request does not wait for a decision: found {found}, wanted OPEN ({article})',
  },
  NOT_THE_DECIDING_OFFICE: {
    zh: '只有审批党组织本级的 {wanted} 或其书面授权的人可以批复，上级不能代替；您的职务：{found}（{article}）',
    en: 'Only the {wanted} of the deciding organisation itself, or whom it was left to, decides, and none above it; found {found} ({article})',
  },
  OWN_REQUEST: {
    zh: '这件事项是您本人报批的，须由他人批复（{article}）',
    en: 'You have asked for this yourself: somebody else has to decide ({article})',
  },
  RELATIVE_RECUSED: {
    zh: '这件事项涉及您本人或您申报的亲属，您须回避（{article}）',
    en: 'This is about yourself or a relative you have declared: you may not decide ({article})',
  },
  DECIDER_CANNOT_DECIDE: {
    zh: '{found} 没有审批权：党总支和乡镇、街道党委所属的基层党委只能审议，党支部和临时党支部不能审批；有审批权的，由上级登记审批权（{article}）',
    en: 'This {found} has no power to approve: a general branch and a base committee under a town or a street only deliberate, a branch does neither; where it has the power, its superior records it ({article})',
  },
  DECISION_DATE_REFUSED: {
    zh: '批复日期 {found} 不对：应在报批之日 {from} 至今天 {until} 之间（{article}）',
    en: 'The date {found} is not right: wanted from the day of the request {from} to today {until} ({article})',
  },
  HARD_LIMIT_PASSED: {
    zh: '批复日期 {found} 已超过最后期限 {wanted}，须重新办理（{article}）',
    en: 'On {found} the last day, {wanted}, has passed: the step has to be begun anew ({article})',
  },
  REASON_MISSING: {
    zh: '批复为 {outcome} 时须写明理由（{article}）',
    en: 'The outcome {outcome} wants a reason ({article})',
  },
  COMMITTEE_MEETING_WANTED: {
    zh: '这件事项须由党委会集体讨论、逐个表决：请先办结本级党委会的会议台账，批复时写明这次会议（{article}）',
    en: 'The committee has to discuss and vote on this in a meeting: close its record first, then name it with the decision ({article})',
  },
  COMMITTEE_MEETING_NOT_FOR_KIND: {
    zh: '这件事项（或退回）不需要写明党委会会议，请留空（{article}）',
    en: 'This kind of request, or a return, names no meeting of the committee: leave it out ({article})',
  },
  COMMITTEE_MEETING_UNKNOWN: {
    zh: '没有找到审批党组织本级已办结的这次党委会；刚办结的请稍候再试（{article}）',
    en: 'No such closed meeting of the deciding committee is known here; one just closed takes a moment ({article})',
  },
  COMMITTEE_MEETING_DATE_REFUSED: {
    zh: '党委会日期 {found} 不对：应在报批之日 {from} 至批复之日 {until} 之间（{article}）',
    en: 'The meeting of {found} does not fit: wanted from the request on {from} to the decision on {until} ({article})',
  },
  COMMITTEE_RESOLUTION_MISSING: {
    zh: '{found} 的党委会没有就此人逐个表决的决议，应有（{wanted}）（{article}）',
    en: 'The meeting of {found} did not vote on this person by themselves; wanted a resolution on {wanted} ({article})',
  },
  COMMITTEE_VOTE_DIFFERS: {
    zh: '党委会应到 {due} 人、实到 {present} 人、赞成 {inFavour} 票，不能批复为 {outcome}（{article}）',
    en: 'Of {due} due {present} came and {inFavour} were in favour: that cannot be decided as {outcome} ({article})',
  },
  DECIDED_ONE_BY_ONE: {
    zh: '接收预备党员和转正须由党委会逐个审议和表决，不能批量批复；请逐件批复并写明会议（{article}）',
    en: 'Admissions and conversions are voted on one by one: decide each by itself and name the meeting ({article})',
  },
})
