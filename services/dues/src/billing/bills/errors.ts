import { defineErrors } from '@linghang/subgraph/errors'

/** What recording for which months somebody owes is refused for. */
export const { fail, table } = defineErrors({
  DUES_PAUSE_LASTS: {
    zh: '该党员已有尚未结束的停止交纳记录（{found} 起）',
    en: 'There is a time without dues already that has not ended, from {found} on',
  },
  TOO_MANY_TO_BILL: {
    zh: '{code} 及其下级党员超过 {limit} 人，请分支部出账，或等待每晚自动出账',
    en: 'There are more than {limit} members at and below {code}: choose one below, or wait for the night, which bills all',
  },
})
