import { addDays, addMonths, addYears, type IsoDate, idCheckCharacter } from '@linghang/rulebook'
import type { Random } from './random.ts'
import { personName } from './words.ts'

export type GeneratedPerson = {
  name: string
  idNumber: string
  sex: string
  ethnicity: string
  birthDate: string
  education: string
  kind: string
  organisationCode: string
  appliedOn: string
  activistSince: string
  candidateSince: string
  joinedOn: string
  fullMemberSince: string
  post: string
  phone: string
  duesCategory: string
  duesBase: string
  floating: string
  lostContact: string
}

const kinds = ['正式党员', '预备党员', '入党积极分子', '发展对象', '入党申请人']
const educations = ['研究生', '研究生', '大学本科', '大学本科', '大学专科', '中专', '高中', '初中', '小学']
const ethnicities = ['回族', '苗族', '土家族', '畲族']
const livelihoods = [
  { post: '机关工作人员', category: '按月薪' },
  { post: '教师', category: '按月薪' },
  { post: '医务人员', category: '按月薪' },
  { post: '社区工作者', category: '按月薪' },
  { post: '公有制企业管理人员', category: '年薪制' },
  { post: '个体劳动者', category: '无固定月薪' },
  { post: '农牧渔民', category: '农民' },
  { post: '学生', category: '学生' },
  { post: '失业人员', category: '失业' },
] as const
const withBase = new Set<string>(['按月薪', '年薪制', '无固定月薪', '离退休'])

/** Gives every person an ID number of their own: a running number for each day of birth, odd for men. */
export function createIdNumbers(regionCode: string) {
  const used = new Map<string, number>()
  return (birthDate: IsoDate, isMale: boolean): { idNumber: string; birthDate: IsoDate } => {
    let day = birthDate
    for (;;) {
      const key = `${day}${isMale}`
      const sequence = (used.get(key) ?? 0) * 2 + (isMale ? 1 : 0)
      used.set(key, (used.get(key) ?? 0) + 1)
      if (sequence < 1000) {
        const first17 = `${regionCode}${day.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
        return { idNumber: first17 + idCheckCharacter(first17), birthDate: day }
      }
      day = addDays(day, -1)
    }
  }
}

function kindOf(random: Random, index: number, mustBeFull: boolean): string {
  if (mustBeFull) return kinds[0]!
  // The first rows show every stage, also in the smallest roster.
  if (index < kinds.length) return kinds[index]!
  const roll = random.whole(1, 1000)
  if (roll > 54) return kinds[0]!
  if (roll > 33) return kinds[1]!
  if (roll > 16) return kinds[2]!
  return roll > 8 ? kinds[3]! : kinds[4]!
}

/** The dates of the stages up to the person's own, each as early as the rules allow or later, none after today. */
function stageDates(random: Random, kind: string, birthDate: IsoDate, today: IsoDate) {
  const none = { appliedOn: '', activistSince: '', candidateSince: '', joinedOn: '', fullMemberSince: '' }
  if (kind === '正式党员') {
    const earliest = addYears(birthDate, 18)
    const days = Math.floor((Date.parse(addYears(today, -1)) - Date.parse(earliest)) / 86_400_000)
    const joinedOn = addDays(earliest, random.whole(0, days))
    return { ...none, joinedOn, fullMemberSince: addYears(joinedOn, 1) }
  }
  const own = addDays(today, -random.whole(0, 300))
  if (kind === '入党申请人') return { ...none, appliedOn: own }
  if (kind === '入党积极分子') return { ...none, appliedOn: addMonths(own, -random.whole(2, 12)), activistSince: own }
  const joinedOn = kind === '预备党员' ? own : ''
  const candidateSince = joinedOn ? addMonths(joinedOn, -random.whole(2, 6)) : own
  const activistSince = addMonths(candidateSince, -random.whole(12, 24))
  return { ...none, joinedOn, candidateSince, activistSince, appliedOn: addMonths(activistSince, -random.whole(2, 12)) }
}

function dues(random: Random, kind: string, ageYears: number) {
  const livelihood = ageYears >= 60 ? { post: '离退休人员', category: '离退休' } : random.pick(livelihoods)
  const isMember = kind === '正式党员' || kind === '预备党员'
  const category = isMember ? livelihood.category : ''
  const baseFen = random.whole(249_000, 1_600_000)
  const duesBase = withBase.has(category)
    ? `${Math.floor(baseFen / 100)}.${String(baseFen % 100).padStart(2, '0')}`
    : ''
  return { post: livelihood.post, duesCategory: category, duesBase }
}

/**
 * One generated person of a branch; with a fault one whom the rules of today have joined: what was right before them is
 * no fault. Nothing about them is taken from anyone alive.
 */
export function generatePerson(
  random: Random,
  takeIdNumber: ReturnType<typeof createIdNumbers>,
  place: { index: number; organisationCode: string; today: IsoDate; mustBeFull: boolean },
): GeneratedPerson {
  const kind = kindOf(random, place.index, place.mustBeFull)
  const ageYears = kind === '正式党员' ? random.whole(22, place.mustBeFull ? 65 : 88) : random.whole(24, 45)
  const isMale = random.chance(0.6)
  const born = addDays(addYears(place.today, -ageYears), -random.whole(0, 364))
  const { idNumber, birthDate } = takeIdNumber(born, isMale)
  return {
    name: personName(random),
    idNumber,
    sex: isMale ? '男' : '女',
    ethnicity: random.chance(0.96) ? '汉族' : random.pick(ethnicities),
    birthDate,
    education: random.pick(educations),
    kind,
    organisationCode: place.organisationCode,
    ...stageDates(random, kind, birthDate, place.today),
    phone: random.chance(0.985) ? `1${random.pick(['3', '5', '7', '8'])}${random.whole(100_000_000, 999_999_999)}` : '',
    ...dues(random, kind, ageYears),
    floating: random.chance(0.03) ? '是' : '否',
    lostContact: random.chance(0.002) ? '是' : '否',
  }
}
