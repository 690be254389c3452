import { defineErrors } from '@linghang/subgraph/errors'
import { personKindNames } from '../roster/coded-values.ts'

/** What is refused about a person in the register. */
export const { fail, table } = defineErrors(
  {
    PERSON_REGISTERED: {
      zh: '本县已登记这个身份号码；名册或新登记不能代替组织关系转接',
      en: 'A person with this ID number is registered in the county; registering again does not replace a transfer',
    },
    NOT_A_BRANCH: { zh: '党员应编入党支部', en: 'Every member belongs to a branch; this organisation is not one' },
    DATE_IN_FUTURE: {
      zh: '{field} 填的是 {found}，不能晚于今天 {today}',
      en: '{field} is {found}, which is after today, {today}',
    },
    ALREADY_LEFT: { zh: '此人已于 {leftOn} 离开', en: 'This person left on {leftOn}' },
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
    LEAVING_TOO_EARLY: {
      zh: '离开日期 {found} 早于登记的 {field} {day}',
      en: 'The leaving on {found} would be before {field}, {day}',
    },
    TOO_MANY_LOOKS: {
      zh: '查询或查看完整号码过于频繁：{minutes} 分钟内最多 {limit} 次',
      en: 'Whole numbers were looked for or at too often: at most {limit} times in {minutes} minutes',
    },
  },
  personKindNames,
)
