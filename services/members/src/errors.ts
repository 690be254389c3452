import { defineErrors } from '@linghang/subgraph/errors'
import { chineseNames } from './development/words.ts'

/** Everything that the members service refuses, in its own words. */
export const { fail, codes, table } = defineErrors(
  {
    PERSON_REGISTERED: {
      zh: '本县已登记这个身份号码；名册或新登记不能代替组织关系转接',
      en: 'A person with this ID number is registered in the county; registering again does not replace a transfer',
    },
    NOT_A_BRANCH: { zh: '党员应编入党支部', en: 'Every member belongs to a branch; this organisation is not one' },
    TEMPORARY_BRANCH_DEVELOPS_NOBODY: {
      zh: '临时党支部不发展党员，请由申请人组织关系或工作、学习所在单位的党支部办理（{article}）',
      en: 'A temporary branch develops nobody: the branch of the unit where the applicant works or studies does ({article})',
    },
    RECORD_REFUSED: { zh: '{column}：{message}', en: '{column}: {messageEn}' },
    DATE_IN_FUTURE: {
      zh: '{field} 填的是 {found}，不能晚于今天 {today}',
      en: '{field} is {found}, which is after today, {today}',
    },
    ALREADY_LEFT: { zh: '此人已于 {leftOn} 离开', en: 'This person left on {leftOn}' },
    NOT_LEFT: {
      zh: '此人在册，没有离开的登记可撤销',
      en: 'This person is in the register: there is no leaving to undo',
    },
    NOT_A_MEMBER: {
      zh: '只有正式党员受留党察看处分；此人现为 {kind}（{article}）',
      en: 'Probation within the party is for full members; this person is {kind} ({article})',
    },
    PENALTY_PERIOD_REFUSED: {
      zh: '处分期满日期 {found} 不对：应在 {from} 至 {until} 之间（留党察看一年或二年，{source}）',
      en: 'The last day {found} is not right: wanted from {from} to {until} (a year or two, {source})',
    },
    PENALTY_OVERLAPS: {
      zh: '与已登记的处分（{from} 至 {until}）重叠或登记过多，请先更正',
      en: 'A penalty from {from} to {until} is recorded already, or too many are: put that right first',
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
    LEAVING_TOO_EARLY: {
      zh: '离开日期 {found} 早于登记的 {field} {day}',
      en: 'The leaving on {found} would be before {field}, {day}',
    },
    LEAVING_WAS_DECIDED: {
      zh: '{leftOn} 的离开是支部大会和上级党委的决定（取消预备党员资格），不是误登记，不能撤销',
      en: 'The leaving on {leftOn} was decided by the assembly and the committee (probation cancelled) and cannot be undone as a mistake',
    },
    TOO_MANY_LOOKS: {
      zh: '查询或查看完整号码过于频繁：{minutes} 分钟内最多 {limit} 次',
      en: 'Whole numbers were looked for or at too often: at most {limit} times in {minutes} minutes',
    },
    MATERIAL_NAME: {
      zh: '文件名不可用：应有扩展名、不超过 {limit} 字（现 {found} 字），不含 \\\\ / : * ? " < > | 等符号',
      en: 'The file name cannot be used: it takes an ending and at most {limit} characters (found {found})',
    },
    MATERIAL_TYPE: {
      zh: '不接收 {found} 文件，应为 {wanted}；doc、xls 请另存为 docx、xlsx 或 PDF',
      en: 'Files ending in {found} are not taken: wanted {wanted}; save a doc or xls as docx, xlsx or PDF',
    },
    MATERIAL_CONTENT: {
      zh: '文件内容是 {found}，与名称 {named} 不符；应为 {wanted}',
      en: 'The content is {found}, its name says {named}: wanted {wanted}, name and content the same',
    },
    MATERIAL_TOO_LARGE: {
      zh: '文件 {found} 字节，超过 {limit} 字节的上限',
      en: 'The file has {found} bytes, more than the limit of {limit}',
    },
    MATERIAL_EMPTY: { zh: '文件是空的', en: 'The file is empty' },
    MATERIAL_LENGTH_UNKNOWN: {
      zh: '上传请求须带 Content-Length',
      en: 'The upload must state its length (Content-Length)',
    },
    MATERIAL_CUT_OFF: {
      zh: '只收到 {found} 字节，应为 {wanted} 字节，请重新上传',
      en: 'Only {found} of {wanted} bytes arrived: upload it again',
    },
    MATERIAL_FILED_ALREADY: {
      zh: '该材料状态为 {found}，不能再上传；更换请新建材料并指明被替换的材料',
      en: 'The paper is {found} and takes no file: make a new one that replaces it',
    },
    MATERIAL_NOT_FILED: { zh: '该材料尚无文件（{found}）', en: 'The paper has no file yet ({found})' },
    MATERIAL_NOT_FOR_STEP: {
      zh: '{template} 不是步骤 {found} 的材料，应归入 {wanted}',
      en: '{template} is no paper of step {found}: wanted {wanted}',
    },
    MATERIAL_NOT_REPLACEABLE: {
      zh: '被替换的材料是 {found}，应为 {wanted}',
      en: 'The paper to replace is {found}: wanted {wanted}',
    },
    TOO_MANY_MATERIALS: {
      zh: '{what} 已有 {found} 份材料，上限 {limit} 份',
      en: '{what} has {found} papers, the limit is {limit}',
    },
    LINK_EXPIRED: { zh: '链接已过期，请重新获取', en: 'The link has run out: ask for a new one' },
    LINK_REFUSED: {
      zh: '链接无效，或者不是给您的账号的',
      en: 'The link is not valid, or was made for another account',
    },
    CASE_DECIDES: {
      zh: '{field} 由办理中的发展个案逐步确定，不能在名册中直接修改',
      en: '{field} is decided step by step by the open development case, not by changing the register',
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
    POLICY_REFUSED: {
      zh: '{step}：填 {found}，国家规定为 {wanted}，地方只能加严不能放宽（{article}，{source}）',
      en: '{step}: {found} against the national {wanted}; a county may add and never take away ({article}, {source})',
    },
    POLICY_DATE_TAKEN: {
      zh: '{found} 起生效的办法已经有了',
      en: 'There is a policy from {found} on already',
    },
  },
  chineseNames,
)
