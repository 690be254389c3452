import { defineErrors } from '@linghang/subgraph/errors'

/** What joint activities are refused for. */
export const { fail, table } = defineErrors({
  JOINT_WITH_ITSELF: {
    zh: '邀请的党组织 {found} 重复，或就是主办的党组织：每个党组织只邀请一次',
    en: 'The organisation {found} is invited twice or is the host: each is invited once',
  },
  JOINT_PARTIES_BOUNDED: {
    zh: '邀请了 {found} 个党组织，应为 {from} 至 {until} 个',
    en: '{found} organisations are invited, wanted {from} to {until}',
  },
  JOINT_ACTIVITY_CLOSED: {
    zh: '联合活动已于 {found} 办结，不再更改',
    en: 'The joint activity was closed on {found}: it stays',
  },
  JOINT_ANSWER_GIVEN: {
    zh: '邀请已答复（{found}），不再更改',
    en: 'The invitation was answered ({found}): it stays',
  },
  JOINT_NOT_ACCEPTED: {
    zh: '本组织的答复为 {found}：接受邀请后才能登记本组织的到会情况',
    en: 'The organisation’s answer is {found}: it gives the list of its people once it has accepted',
  },
  JOINT_LIST_GIVEN: {
    zh: '本组织已登记到会情况：有误的请更正本组织的会议记录',
    en: 'The organisation has given its list: correct its own record where it is wrong',
  },
  JOINT_LISTS_MISSING: {
    zh: '活动日 {heldOn} 未过，还有 {found} 个已接受邀请的党组织（含主办）没有登记到会情况，应为 0',
    en: 'The day, {heldOn}, has not passed and {found} organisations that take part, the host among them, have not given their list, wanted 0',
  },
})
