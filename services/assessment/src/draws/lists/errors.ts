import { defineErrors } from '@linghang/subgraph/errors'

/** What entering on, taking off and answering the black list is refused for. */
export const { fail, table } = defineErrors({
  LISTING_NOT_BELOW: {
    zh: '{found} 不是该党委（党工委、党总支）下属的党支部：黑名单由上级列入下属支部',
    en: '{found} is no branch below this committee: a committee lists branches below it',
  },
  LISTED_ALREADY: {
    zh: '该支部已经在本级的黑名单上：如情况有变，请先移出再列入',
    en: 'The branch stands on this list already: take it off before it is entered anew',
  },
  LISTING_DAY_REFUSED: {
    zh: '列入日期 {found} 有误：应不早于上次移出之日 {from}、不晚于今天 {wanted}',
    en: 'The day {found} is not right: not before it was last taken off, {from}, and not after today, {wanted}',
  },
  LISTING_LIFTED: {
    zh: '该支部已于 {found} 移出黑名单',
    en: 'The branch was taken off the list on {found}',
  },
  LISTING_ANSWERS_FULL: {
    zh: '说明已满：现有 {found} 次，最多 {wanted} 次',
    en: 'There is no room for more answers: {found} are there, at most {wanted} are taken',
  },
  BLACK_LIST_FULL: {
    zh: '黑名单已满：现有 {found} 个支部，最多 {wanted} 个',
    en: 'The list is full: {found} branches stand on it, at most {wanted}',
  },
  DECIDED_BY_A_PERSON: {
    zh: '此事由人决定，应用程序不能代办',
    en: 'A person decides this, no app does',
  },
})
