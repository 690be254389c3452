import type { Step, StepKey } from './step.ts'

type Texts = Pick<Step, 'title' | 'guidance' | 'caution'>
type Pair = readonly [zh: string, en: string]

const say = (title: Pair, guidance: Pair, caution?: Pair): Texts => ({
  title: { zh: title[0], en: title[1] },
  guidance: { zh: guidance[0], en: guidance[1] },
  caution: caution ? { zh: caution[0], en: caution[1] } : null,
})

/** What somebody who does a step once in several years needs to read (动态操作导航, S0-13). */
const stepTexts: Readonly<Record<StepKey, Texts>> = {
  APPLICATION: say(
    ['递交入党申请书', 'Application'],
    [
      '年满十八岁，由本人书面向工作、学习所在单位党组织提出；没有单位的向居住地党组织提出。扫描上传并开具接收回执。',
      'The person, 18 or older, applies in writing to the organisation at work or school, otherwise at home. Scan it and hand out the receipt.',
    ],
    [
      '申请书须本人署名并写明日期，日期即今后各期限的起点。',
      'It must be signed and dated by the person: every later date counts from there.',
    ],
  ),
  APPLICANT_TALK: say(
    ['党组织派人谈话', 'Talk with the applicant'],
    [
      '收到申请书后一个月内派人谈话（惯例由书记、副书记或组织委员谈），填写谈话记录。',
      'Within a month of the application somebody is sent to talk to the applicant (by practice the secretary, a deputy or the organisation commissioner) and keeps a record.',
    ],
    ['超过一个月仍须补谈，并在记录中写明原因。', 'A talk that is late is still held, and the record says why.'],
  ),
  ACTIVIST_DECISION: say(
    ['推荐和确定入党积极分子', 'Recommendation and decision on the activist'],
    [
      '先党员推荐或群团组织推优，再由支部委员会（不设支委会的由支部大会）研究决定，会议台账须在系统中办结。',
      'Members or a mass organisation recommend; then the branch committee decides (the assembly where there is none). The meeting must be closed in the system.',
    ],
    ['会议日期即确定为积极分子的日期，一年考察期由此起算。', 'The day of the meeting begins the year of observation.'],
  ),
  ACTIVIST_FILING: say(
    ['上级党委备案（积极分子）', 'Filing of the activist with the committee'],
    [
      '上报登记表和备案报告，等待上级党委同意备案。',
      'Send in the register form and the report; wait for the committee above.',
    ],
  ),
  CONTACTS: say(
    ['指定培养联系人', 'Assignment of contacts'],
    ['指定一至两名正式党员作培养联系人。', 'Assign one or two full members as contacts.'],
    ['联系人调离时应及时更换并记录。', 'Replace a contact who leaves, and record it.'],
  ),
  OBSERVATION: say(
    ['培养教育考察', 'Education and observation'],
    [
      '考察期不少于一年：支部每半年考察一次，本人每季度提交思想汇报，联系人按季填写考察登记表。',
      'A year at least: the branch reviews every half-year, the person reports every quarter, the contacts fill in the observation book.',
    ],
    [
      '考察记录断档是材料被退回最常见的原因。',
      'A gap in the observation record is the most common reason for a return.',
    ],
  ),
  CANDIDATE_DECISION: say(
    ['确定发展对象', 'Decision on the candidate'],
    [
      '满一年后听取党小组、培养联系人、党员和群众意见，支委会讨论同意，并公示不少于五个工作日。',
      'After a full year hear the group, the contacts, members and others; the branch committee discusses; give public notice for at least five working days.',
    ],
    [
      '公示期内节假日不计；有异议必须先核实作出结论。',
      'Holidays do not count; an objection must be settled before the notice closes.',
    ],
  ),
  CANDIDATE_FILING: say(
    ['上级党委备案（发展对象）', 'Filing of the candidate with the committee'],
    [
      '上报备案报告；备案同意之日即列为发展对象之日。',
      'Send in the report; the day of consent is the day of becoming a candidate.',
    ],
  ),
  INTRODUCERS: say(
    ['确定入党介绍人', 'Choice of introducers'],
    ['确定两名正式党员作介绍人，一般由培养联系人担任。', 'Choose two full members, normally the contacts.'],
    [
      '受留党察看处分、尚未恢复党员权利的党员不能作介绍人。',
      'A member under probation within the party cannot introduce.',
    ],
  ),
  POLITICAL_REVIEW: say(
    ['政治审查', 'Political review'],
    [
      '同本人谈话、查阅档案材料、向有关单位和人员了解、函调或外调，形成结论性材料。',
      'Talk to the person, read the files, ask units and people, write or travel where needed, and write the conclusion.',
    ],
    [
      '未经政治审查或审查不合格的不能发展。结论只能由党组织作出。',
      'Not reviewed or not passed: cannot go on. Only the organisation may conclude.',
    ],
  ),
  TRAINING: say(
    ['集中培训', 'Intensive training'],
    [
      '由基层党委或县级党委组织部门组织，不少于三天或二十四学时。',
      'Held by the committee or the county’s department: three days or 24 class hours at least.',
    ],
  ),
  COMMITTEE_EXAMINATION: say(
    ['支部委员会审查', 'Examination by the branch committee'],
    [
      '支委会集体审查发展对象的条件和材料，认为合格、手续完备的报上级党委预审。',
      'The branch committee examines the person and the papers and sends them up when complete.',
    ],
  ),
  PRE_REVIEW: say(
    ['上级党委预审', 'Pre-review by the committee'],
    [
      '上报预审请示，由党委审查条件、培养教育情况等，以书面形式通知结果。',
      'Send in the request; the committee reviews and answers in writing.',
    ],
    [
      '三个月内将离开本单位的，一般不办理接收手续。',
      'Somebody who leaves the unit within three months is normally not processed.',
    ],
  ),
  VOLUNTEER_FORM: say(
    ['填写入党志愿书', 'Volunteer form'],
    [
      '预审合格后发给志愿书，由本人在介绍人指导下如实填写。',
      'Handed out once the pre-review is passed; filled in by the person, guided by the introducers.',
    ],
  ),
  ADMISSION_ASSEMBLY: say(
    ['支部大会讨论接收', 'Branch assembly on the admission'],
    [
      '预审合格后一个月内召开。有表决权的到会人数须超过应到会人数的半数；无记名投票，赞成票超过应到会有表决权人数的半数才能通过；多人逐个讨论表决。',
      'Within a month of the pre-review. Over half of the voters due must come; secret ballot; carried by over half of the voters due, not of those present; several people one by one.',
    ],
    [
      '因故不能到会的党员会前正式提出的书面意见统计在票数内。',
      'Written opinions sent in before the meeting are counted.',
    ],
  ),
  COMMITTEE_TALK: say(
    ['上级党委派人谈话', 'Talk by the committee'],
    [
      '审批前由党委委员或组织员同发展对象谈话，并将情况和意见填入志愿书。',
      'Before the approval a committee member or organiser talks to the person and notes it.',
    ],
  ),
  ADMISSION_APPROVAL: say(
    ['上级党委审批', 'Approval by the committee'],
    [
      '支部大会后三个月内由党委集体讨论、逐个审议表决；特殊情况可延长，不得超过六个月。',
      'Within three months of the assembly, collectively and one by one; up to six with a special reason.',
    ],
    [
      '自支部大会之日起算；超过六个月的，惯例是重新办理接收手续。党总支只能审议，不能审批。',
      'Counted from the assembly; past six months, by practice, the admission is begun anew. A general branch may deliberate, not approve.',
    ],
  ),
  ADMISSION_FILING: say(
    ['再上一级组织部门备案', 'Filing with the department above'],
    ['党委审批后报上级党委组织部门备案。', 'After the approval the committee files it with the department above.'],
  ),
  PLACEMENT: say(
    ['编入党支部和党小组', 'Placement in a branch and group'],
    [
      '及时编入支部、党小组，参加组织生活，按月交纳党费。',
      'Placed at once in a branch and group; takes part, pays dues each month.',
    ],
  ),
  OATH: say(
    ['入党宣誓', 'Oath'],
    [
      '面向党旗宣誓，由基层党委、支部或总支组织；一般在审批后一个月内。',
      'Facing the party flag; normally within a month of the approval.',
    ],
  ),
  PROBATION: say(
    ['继续教育考察', 'Further education and observation'],
    [
      '预备期内继续教育考察，惯例每季度（有的地方每半年）填写一次考察表，发现问题及时谈话。',
      'Education goes on during probation; by practice reviewed every quarter, in some places every half-year; talk in time.',
    ],
    ['预备党员没有表决权、选举权和被选举权。', 'A probationary member may not vote, elect or be elected.'],
  ),
  CONVERSION_APPLICATION: say(
    ['提出转正申请', 'Application for full membership'],
    ['预备期满，由本人书面提出转正申请。', 'At the end of probation the person applies in writing.'],
    ['预备期从支部大会通过之日算起，满一年。', 'Probation is one year from the assembly that admitted.'],
  ),
  CONVERSION_ASSEMBLY: say(
    ['支部大会讨论转正', 'Branch assembly on the conversion'],
    [
      '程序和票数要求同接收大会。结果为按期转正、延长预备期（一次，半年至一年）或取消预备党员资格。',
      'Quorum and majority as for the admission. Outcomes: full membership, probation extended once by six to twelve months, or cancelled.',
    ],
    [
      '按期转正不能提前，也不要拖延；违反纪律需要延长预备期或取消资格的，随时讨论。',
      'Full membership not before probation ends, and not long after; who breaks discipline may be extended or cancelled at any time.',
    ],
  ),
  CONVERSION_APPROVAL: say(
    ['上级党委审批转正', 'Approval of the conversion'],
    [
      '三个月内审批；党龄从预备期满转为正式党员之日算起。',
      'Within three months; standing counts from the day of full membership.',
    ],
  ),
  ARCHIVING: say(
    ['材料归档', 'Archiving'],
    [
      '志愿书、申请书、政审、转正申请、培养考察材料等存入本人人事档案；没有人事档案的建立党员档案。',
      'The papers go into the personnel file, or a member file where there is none.',
    ],
  ),
}

/** Where the regulation of 2014 asks for something else: it has no public notice of candidates and none of these months. */
const guidance2014: Readonly<Partial<Record<StepKey, Step['guidance']>>> = {
  CANDIDATE_DECISION: {
    zh: '满一年后听取党小组、培养联系人、党员和群众意见，支委会讨论同意。',
    en: 'After a full year hear the group, the contacts, members and others; the branch committee discusses and agrees.',
  },
  ADMISSION_ASSEMBLY: {
    zh: '预审合格后召开。有表决权的到会人数须超过应到会人数的半数；无记名投票，赞成票超过应到会有表决权人数的半数才能通过；多人逐个讨论表决。',
    en: 'After the pre-review. Over half of the voters due must come; secret ballot; carried by over half of the voters due, not of those present; several people one by one.',
  },
  OATH: {
    zh: '面向党旗宣誓，由基层党委、支部或总支组织。',
    en: 'Facing the party flag, held by the committee, the branch or the general branch.',
  },
}

/** What is said of a step, as the version under which it is done has it. */
export function textsOf(version: '2014' | '2026', key: StepKey): Texts {
  const own = version === '2014' ? guidance2014[key] : undefined
  return own ? { ...stepTexts[key], guidance: own } : stepTexts[key]
}
