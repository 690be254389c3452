import type { Random } from './random.ts'

const surnames = Array.from(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏章云苏潘葛范彭郎鲁韦昌马苗方俞任袁柳',
)
const givenCharacters = Array.from(
  '安宝博才晨承达德东恩帆芳光海涵航浩红华慧佳建洁静军凯兰磊丽林龙美敏明宁平琪强青荣瑞姗思涛文喜霞晓欣雪雅燕洋怡永宇远月志',
)
const places = Array.from('东西南北中新安和福光广海湖华江金青清泉山石水松泰桃田文祥兴阳永玉云竹')
const placeEnds = Array.from('桥塘坊岸园湾渡墩浦河岭洋堰街')
const trades = [
  '机电',
  '电子',
  '物流',
  '服饰',
  '食品',
  '建材',
  '软件',
  '律师事务所',
  '商贸',
  '医药',
  '模具',
  '旅游',
  '教育',
]

/** A generated Chinese name: any likeness is chance. */
export const personName = (random: Random): string =>
  random.pick(surnames) + random.pick(givenCharacters) + (random.chance(0.7) ? random.pick(givenCharacters) : '')

export const placeName = (random: Random): string => random.pick(places) + random.pick(places) + random.pick(placeEnds)

export const companyName = (random: Random): string => random.pick(places) + random.pick(places) + random.pick(trades)
