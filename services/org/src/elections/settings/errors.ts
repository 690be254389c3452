import { defineErrors } from '@linghang/subgraph/errors'

/** What a county's settings of elections are refused for. */
export const { fail, table } = defineErrors({
  ELECTION_SETTINGS_DATE_TAKEN: {
    zh: '自 {found} 起的选举设置已经有了，不能更改；请另定生效日期',
    en: 'There are settings from {found} on, and they are not changed: choose another day',
  },
  ELECTION_STEP_DAY_REFUSED: {
    zh: '选举环节 {step} 定在大会日 {found} 天，应在 {from} 至 {until} 之间（大会日为 0，之前为负数；各环节按先后次序，公示须留足时间）',
    en: 'The step {step} is set on day {found}, wanted {from} to {until}: days from the assembly, before it negative, in the order of the steps and with time for the notice',
  },
})
