import { defineErrors } from '@linghang/subgraph'

/** What is refused about whether a county makes monthly reports. */
export const { fail, table } = defineErrors({
  REPORTS_DATE_TAKEN: {
    zh: '{found} 起的月报决定已经有了：请另定生效日期',
    en: 'There is a decision on monthly reports from {found} on already: choose another day',
  },
  REPORTS_NOT_A_MEMBER: {
    zh: '您的账号没有关联党员信息，没有个人月报可以不收',
    en: 'Your account belongs to no member: there is no report of your own to do without',
  },
})
