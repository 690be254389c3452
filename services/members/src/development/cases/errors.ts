import { defineErrors } from '@linghang/subgraph/errors'
import { table as peopleErrors } from '../../register/people/errors.ts'
import { chineseNames } from './words.ts'

/** What is refused of a case, beside what is refused of a person. */
export const { fail, table } = defineErrors(
  {
    TEMPORARY_BRANCH_DEVELOPS_NOBODY: {
      zh: '临时党支部不发展党员，请由申请人组织关系或工作、学习所在单位的党支部办理（{article}）',
      en: 'A temporary branch develops nobody: the branch of the unit where the applicant works or studies does ({article})',
    },
    RIGHTS_SUSPENDED: {
      zh: '{name} 在 {on} 受留党察看处分，没有表决权，不能作培养联系人或入党介绍人（{article}）',
      en: '{name} was on probation within the party on {on}: no contact and no introducer ({article})',
    },
    RELATIVE_KEPT_OUT: {
      zh: '{name} 已申报为亲属，按本县规定不能作培养联系人或入党介绍人（{article}，{source}）',
      en: '{name} is a declared relative, whom the county keeps from being contact or introducer ({article}, {source})',
    },
    TOO_MANY_CASES_EACH: {
      zh: '{name} 将同时作 {found} 人的培养联系人或入党介绍人，本县规定最多 {wanted} 人（{article}，{source}）',
      en: '{name} would be contact or introducer of {found} people at once, and the county lets it be {wanted} ({article}, {source})',
    },
    LEAVING_WAS_DECIDED: {
      zh: '{leftOn} 的离开是支部大会和上级党委的决定（取消预备党员资格），不是误登记，不能撤销',
      en: 'The leaving on {leftOn} was decided by the assembly and the committee (probation cancelled) and cannot be undone as a mistake',
    },
    CASE_OPEN_ALREADY: { zh: '此人已有办理中的发展个案', en: 'This person has an open development case already' },
    NOT_AN_APPLICANT: { zh: '此人现为 {kind}，不能作为申请人立案', en: 'This person is {kind} and cannot apply' },
    OWN_CASE: { zh: '不能办理本人的发展个案', en: 'Nobody keeps their own development case' },
    NOT_THE_OFFICE: { zh: '此事应由{wantedZh}办理', en: 'This is for {wanted}' },
    CASE_CLOSED: { zh: '个案已办结（{found}）', en: 'The case is closed ({found})' },
    EVIDENCE_WITHDRAWN: {
      zh: '须先{wantedZh}（{article}）',
      en: 'First: {wanted} ({article})',
    },
    STEP_NOT_OPEN: {
      zh: '{step} 尚未轮到或已经办过，当前应办：{wantedZh}（{article}）',
      en: '{step} is not the open step; it is: {wanted} ({article})',
    },
    DATES_OUT_OF_ORDER: {
      zh: '日期 {found} 有误，应{wantedZh}',
      en: '{found} is out of order: it should be {wanted}',
    },
    TOO_YOUNG: {
      zh: '{found} 时未{wantedZh}（{article}）',
      en: 'On {found} the person was not yet {wanted} ({article})',
    },
    TOO_EARLY: {
      zh: '{found} 过早，应{wantedZh}（{article}，{source}）',
      en: '{found} is too early: {wanted} ({article}, {source})',
    },
    TOO_LATE: {
      zh: '{found} 已超过期限，应{wantedZh}（{article}，{source}）',
      en: '{found} is too late: {wanted} ({article}, {source})',
    },
    MATERIAL_MISSING: {
      zh: '缺少材料 {wantedZh}（{article}，{source}）',
      en: 'A paper is missing: {wanted} ({article}, {source})',
    },
    MEETING_MISSING: {
      zh: '缺少{wantedZh}：{found}（{article}，{source}）',
      en: 'Missing: {wanted}; found: {found} ({article}, {source})',
    },
    MEETING_OF_ANOTHER_BRANCH: {
      zh: '应为{wantedZh}',
      en: 'It takes {wanted}',
    },
    MEETING_DATE_DIFFERS: {
      zh: '日期 {found} 应{wantedZh}',
      en: '{found} should be {wanted}',
    },
    QUORUM_NOT_REACHED: {
      zh: '到会人数 {found}，应{wantedZh}（{article}，{source}）',
      en: 'Present {found}; wanted {wanted} ({article}, {source})',
    },
    VOTE_NOT_CARRIED: {
      zh: '表决 {found} 未获通过，应有{wantedZh}（{article}，{source}）',
      en: 'The vote, {found}, was not carried: wanted {wanted} ({article}, {source})',
    },
    VOTE_NOT_SECRET: {
      zh: '{found}，应{wantedZh}（{article}，{source}）',
      en: '{found}: wanted {wanted} ({article}, {source})',
    },
    NOTICE_MISSING: {
      zh: '{found}，应{wantedZh}（{article}，{source}）',
      en: '{found}: wanted {wanted} ({article}, {source})',
    },
    NOTICE_AFTERWARDS: {
      zh: '公示{found}，应{wantedZh}（{article}）',
      en: 'The notice was {found}, wanted {wanted} ({article})',
    },
    NOTICE_CUT_SHORT: {
      zh: '公示时间不足（{found}），应{wantedZh}（{article}，{source}）',
      en: 'The notice is cut short ({found}): wanted {wanted} ({article}, {source})',
    },
    OBJECTION_OPEN: {
      zh: '尚有 {found} 条异议未作结论，应{wantedZh}（{article}，{source}）',
      en: '{found} objections are open: wanted {wanted} ({article}, {source})',
    },
    OBJECTION_UPHELD: {
      zh: '{found}，应{wantedZh}（{article}）',
      en: '{found}: wanted {wanted} ({article})',
    },
    PEOPLE_MISSING: {
      zh: '现有 {found} 人，应有{wantedZh}（{article}，{source}）',
      en: 'There are {found}: wanted {wanted} ({article}, {source})',
    },
    APPROVAL_MISSING: {
      zh: '尚未取得{wantedZh}（{found}；{article}，{source}）',
      en: 'Not there yet: {wanted} ({found}; {article}, {source})',
    },
    APPROVAL_REFUSED: {
      zh: '上级未批准（{found}；{article}）',
      en: 'The organisation above refused ({found}; {article})',
    },
    DELIBERATION_MISSING: {
      zh: '上报前须经党总支（或没有审批权的基层党委）审议：请写明其在支部大会之后、{on} 以前审议同意此人的会议；现为：{foundZh}（{article}，{source}）',
      en: 'The general branch, or the base committee without the power to approve, deliberates first: name its meeting after the assembly and by {on} that agreed on this person; found {found} ({article}, {source})',
    },
    POSTPONEMENT_NOT_ALLOWED: {
      zh: '不能推迟到 {found}：只有预备期内转入的预备党员可以推迟讨论转正，须在预备期满 {from} 之后、不晚于 {until}（{article}，{source}）',
      en: 'Not to be put off to {found}: it is for members who moved in on probation, after its end {from} and no later than {until} ({article}, {source})',
    },
    TRAINING_NOT_PASSED: {
      zh: '培训{found}，应为{wantedZh}（{article}，{source}）',
      en: 'The training: {found}, wanted {wanted} ({article}, {source})',
    },
    TRAINING_TOO_SHORT: {
      zh: '培训 {found}，应为{wantedZh}（{article}，{source}）',
      en: 'Training was {found}: wanted {wanted} ({article}, {source})',
    },
    CONCLUSION_MISSING: {
      zh: '{found}，应有{wantedZh}（{article}，{source}）',
      en: '{found}: wanted {wanted} ({article}, {source})',
    },
    REVIEW_MISSING: {
      zh: '考察记录 {found}，缺{wantedZh}（{article}，{source}）',
      en: 'Reviews {found}: missing {wanted} ({article}, {source})',
    },
    EXTENSION_NOT_ALLOWED: {
      zh: '不能这样延长（{found}），应{wantedZh}（{article}，{source}）',
      en: 'Probation cannot be extended like this ({found}): {wanted} ({article}, {source})',
    },
    MATERIALS_INCOMPLETE: {
      zh: '材料不全：{found}（{article}）',
      en: 'Papers are missing: {found} ({article})',
    },
    NO_APPROVAL_HERE: {
      zh: '第 {step} 步不需要上报审批',
      en: 'The step {step} takes no approval from above',
    },
    APPROVAL_OPEN_ALREADY: {
      zh: '已上报，等待上级决定',
      en: 'It has been asked for and waits for the answer',
    },
    NO_OPEN_APPROVAL: {
      zh: '没有等待决定的上报',
      en: 'There is no request that waits for an answer',
    },
    NO_DECIDER: {
      zh: '上级中没有有审批权的党委',
      en: 'No organisation above has the power to approve',
    },
    NOTICE_OPEN_ALREADY: {
      zh: '公示正在进行，至 {until}',
      en: 'A notice hangs already, until {until}',
    },
    NO_OPEN_NOTICE: {
      zh: '没有正在进行的公示',
      en: 'No notice hangs',
    },
    NO_NOTICE_HERE: {
      zh: '第 {step} 步不需要公示',
      en: 'The step {step} takes no public notice',
    },
    OBJECTION_DECIDED_ALREADY: {
      zh: '该异议已作结论',
      en: 'This objection has been decided',
    },
    NOT_FULL_MEMBERS: {
      zh: '{name} 在 {on} 不是在册正式党员',
      en: '{name} was not a full member in the register on {on}',
    },
    PEOPLE_OUT_OF_RANGE: {
      zh: '应指定 {wanted} 人，现为 {found} 人',
      en: 'Name {wanted} people; found {found}',
    },
    STEP_CANNOT_BE_REOPENED: {
      zh: '不能退回到 {step}：{wantedZh}',
      en: 'Cannot go back to {step}: {wanted}',
    },
    END_REASON_NOT_FITTING: {
      zh: '{found} 不适用于当前阶段（{stage}）',
      en: '{found} does not fit the stage {stage}',
    },
  },
  chineseNames,
  peopleErrors,
)
