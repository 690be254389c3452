import { defineErrors } from '@linghang/subgraph/errors'

/** What asking not to be named, and answering it, is refused for. */
export const { fail, table } = defineErrors({
  NAMING_NOT_A_MEMBER: {
    zh: '申请由党员本人提出：您的账号没有关联党员信息',
    en: 'One asks for oneself: your account belongs to no member',
  },
  NAMING_ASKED_ALREADY: {
    zh: '您已于 {found} 申请不公布姓名，申请有效，无须再次申请',
    en: 'You asked not to be named on {found}, and it holds: there is no need to ask again',
  },
  NAMING_REFUSED_LATELY: {
    zh: '您的申请已于 {found} 答复不同意，{wanted} 起可以再次申请',
    en: 'It was refused on {found}: you may ask again from {wanted} on',
  },
  NAMING_ANSWERED: {
    zh: '该申请已于 {found} 办结，不再答复',
    en: 'The request was closed on {found}, and is not answered again',
  },
  NAMING_OVER: {
    zh: '该申请已于 {found} 失效，无须撤回',
    en: 'The request has held no more since {found}: there is nothing to take back',
  },
  NAMING_OWN: {
    zh: '本人的申请由其他人答复',
    en: 'One’s own request is answered by somebody else',
  },
})
