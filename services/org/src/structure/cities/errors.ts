import { defineErrors } from '@linghang/subgraph'

/** What the operators' command refuses; nobody meets these through the API. */
export const { fail, table } = defineErrors({
  CITY_NAMED_OTHERWISE: {
    zh: '城市 {code} 已登记，名称是“{found}”，不是“{name}”：请用原名称',
    en: 'The city {code} is registered as {found}, not as {name}: use that name',
  },
  CITY_LOGIN_IS_OF_COUNTY: {
    zh: '该登录账号已是某县（市、区）的账号：市级职务须另用账号，不能一号两用',
    en: 'This login is an account of a county: an office of a city takes a login of its own',
  },
  CITY_LOGIN_IS_OF_OTHER_CITY: {
    zh: '该登录账号已是城市 {code} 的账号：一个账号只属于一个城市',
    en: 'This login is an account of the city {code}: a login belongs to one city',
  },
  CITY_UNREGISTERED: {
    zh: '没有登记过代码为 {code} 的城市',
    en: 'No city with the code {code} is registered',
  },
  CITY_LOGIN_IS_OF_NONE: {
    zh: '该登录账号现在不是城市 {code} 的账号：没有可以终止的市级职务',
    en: 'This login is no office of the city {code} today: there is nothing to end',
  },
  COUNTY_NOT_IN_CITY: {
    zh: '县（市、区）{county} 现在不属于城市 {city}：没有可以移出的',
    en: 'The county {county} does not belong to the city {city}: there is nothing to let go',
  },
  COUNTY_UNREGISTERED: {
    zh: '没有登记过代码为 {code} 的县（市、区）：请先用 npm run county 登记',
    en: 'No county with the code {code} is registered: register it first, with npm run county',
  },
  COUNTY_IN_OTHER_CITY: {
    zh: '县（市、区）{county} 已属于城市 {city}：一个县只属于一个城市，须先从原城市移出',
    en: 'The county {county} belongs to the city {city}: a county is of one city, which has to let it go first',
  },
})
