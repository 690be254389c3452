import { accept, type CodedValue, createCodedReader, fold, type Normaliser, refuse } from '@linghang/rosters'
import type { DuesCategory, Sex } from '@linghang/rulebook'

/** How far a person has come (人员类别), in the order of the stages. */
export const personKinds = ['APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL'] as const
export type PersonKind = (typeof personKinds)[number]

export type Education =
  | 'POSTGRADUATE'
  | 'BACHELOR'
  | 'JUNIOR_COLLEGE'
  | 'SECONDARY_VOCATIONAL'
  | 'SENIOR_HIGH'
  | 'JUNIOR_HIGH'
  | 'PRIMARY'
  | 'OTHER'

const kinds: readonly CodedValue<PersonKind>[] = [
  { code: 'APPLICANT', name: '入党申请人', synonyms: ['申请人', '申请入党人', '入党申请'] },
  { code: 'ACTIVIST', name: '入党积极分子', synonyms: ['积极分子'] },
  { code: 'CANDIDATE', name: '发展对象', synonyms: ['入党发展对象'] },
  { code: 'PROBATIONARY', name: '预备党员', synonyms: ['预备', '中共预备党员'] },
  { code: 'FULL', name: '正式党员', synonyms: ['正式', '党员', '中共党员', '中共正式党员'] },
]

const educations: readonly CodedValue<Education>[] = [
  {
    code: 'POSTGRADUATE',
    name: '研究生',
    synonyms: ['硕士', '博士', '硕士研究生', '博士研究生', '研究生及以上', '研究生学历'],
  },
  { code: 'BACHELOR', name: '大学本科', synonyms: ['本科', '大学', '学士', '全日制本科', '本科学历'] },
  { code: 'JUNIOR_COLLEGE', name: '大学专科', synonyms: ['大专', '专科', '高职'] },
  { code: 'SECONDARY_VOCATIONAL', name: '中专', synonyms: ['中等专科', '中技', '技校', '职高', '中职', '职业高中'] },
  { code: 'SENIOR_HIGH', name: '高中', synonyms: ['普通高中'] },
  { code: 'JUNIOR_HIGH', name: '初中', synonyms: ['初级中学'] },
  { code: 'PRIMARY', name: '小学' },
  { code: 'OTHER', name: '其他', synonyms: ['其它', '文盲', '半文盲', '小学以下'] },
]

const duesCategories: readonly CodedValue<DuesCategory>[] = [
  { code: 'MONTHLY_SALARY', name: '按月薪', synonyms: ['月薪', '月薪制', '按月领取工资', '在职'] },
  { code: 'ANNUAL_SALARY', name: '年薪制', synonyms: ['年薪', '按年薪'] },
  { code: 'NO_FIXED_SALARY', name: '无固定月薪', synonyms: ['不按月取得收入', '无固定收入', '个体经营者', '个体'] },
  { code: 'RETIRED', name: '离退休', synonyms: ['退休', '离休', '离退休人员'] },
  { code: 'FARMER', name: '农民', synonyms: ['务农'] },
  { code: 'STUDENT', name: '学生', synonyms: ['在校学生'] },
  { code: 'UNEMPLOYED', name: '失业', synonyms: ['下岗', '失业人员', '下岗失业', '失业/下岗', '下岗职工'] },
  {
    code: 'ON_RELIEF',
    name: '领取抚恤救济',
    synonyms: ['低保', '依靠抚恤或救济生活', '领取最低生活保障金', '抚恤救济'],
  },
]

const sexes: readonly CodedValue<Sex>[] = [
  { code: 'MALE', name: '男', synonyms: ['男性'] },
  { code: 'FEMALE', name: '女', synonyms: ['女性'] },
]

export const readPersonKind = createCodedReader(kinds, 'UNKNOWN_PERSON_KIND', {
  zh: '不认识这种人员类别',
  en: 'this kind of person is not known',
})

export const readEducation = createCodedReader(educations, 'UNKNOWN_EDUCATION', {
  zh: '不认识这种学历',
  en: 'this education is not known',
})

export const readDuesCategory = createCodedReader(duesCategories, 'UNKNOWN_DUES_CATEGORY', {
  zh: '不认识这种党费人员类别',
  en: 'this dues category is not known',
})

export const readSex = createCodedReader(sexes, 'UNKNOWN_SEX', { zh: '性别只能填男或女', en: 'the sex is 男 or 女' })

const ethnicities = new Set(
  (
    '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 ' +
    '柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 ' +
    '独龙 鄂伦春 赫哲 门巴 珞巴 基诺'
  ).split(' '),
)

/** One of the 56 ethnic groups (GB/T 3304-1991), with or without 族, given with it. */
export const readEthnicity: Normaliser<string> = cell => {
  const name = fold(cell).replace(/族$/, '')
  if (ethnicities.has(name)) return accept(`${name}族`)
  return refuse(
    'UNKNOWN_ETHNICITY',
    { zh: '不是 56 个民族之一，未导入', en: 'not one of the 56 ethnic groups, not imported' },
    { zh: '如 汉族、回族', en: 'for example 汉族 or 回族' },
  )
}

/** What each kind is called in a roster. */
/** What each degree is called on paper. */
export const educationNames = Object.fromEntries(educations.map(({ code, name }) => [code, name])) as Record<
  Education,
  string
>

export const personKindNames = Object.fromEntries(kinds.map(({ code, name }) => [code, name])) as Record<
  PersonKind,
  string
>
