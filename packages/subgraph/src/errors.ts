export type Language = 'zh-CN' | 'en'
export type Message = { zh: string; en: string }
export type ErrorParams = Record<string, string | number | boolean | null>

const longestParam = 500

/** What was sent is told back by its beginning: an error is never as long as the request that it refuses. */
export const shortened = (params: ErrorParams): ErrorParams =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && value.length > longestParam
        ? `${Array.from(value.slice(0, longestParam)).slice(0, -1).join('')}…`
        : value,
    ]),
  )

/**
 * A refusal that a caller can understand and act on: a code from the service's closed list, what was found and what
 * the rule wants. Everything else that is thrown is a fault of ours and is masked.
 */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly code: string
  readonly params: ErrorParams
  readonly texts: Message

  constructor(code: string, params: ErrorParams, texts: Message) {
    super(texts.en)
    this.code = code
    this.params = shortened(params)
    this.texts = texts
  }
}

/** Codes that every service shares. */
export const commonErrors = {
  NOT_FOUND: { zh: '没有找到{what}，或者您无权查看', en: '{what} was not found, or is not yours to see' },
  FORBIDDEN: { zh: '您的职务不能办理此事：需要{wanted}', en: 'Your office does not allow this: it takes {wanted}' },
  SCOPE_MISSING: { zh: '应用缺少权限范围 {wanted}', en: 'The app lacks the scope {wanted}' },
  NOT_FOR_CITY: {
    zh: '市级职务只查看所辖各县（市、区）的汇总数据（用 city 查询），不办理事项，也不查看个人和单个党组织：此事需要{wanted}',
    en: 'An office of the city reads what is summed up of its counties (query city) and changes nothing, nor sees people or single organisations: this takes {wanted}',
  },
  BAD_INPUT: {
    zh: '{field} 填写有误：填的是“{found}”，应为{wantedZh}',
    en: '{field} is not right: found "{found}", wanted {wanted}',
  },
  TOO_MANY_NODES: {
    zh: '查询要取的内容太多：{found} 项，最多 {limit} 项',
    en: 'The query asks for too much: found {found} things, at most {limit} are allowed',
  },
  IDEMPOTENCY_KEY_REUSED: {
    zh: '同一个 idempotencyKey 已用于另一份不同的请求',
    en: 'This idempotencyKey was already used with another input',
  },
  BUSY: {
    zh: '系统繁忙，此次没有办理，也没有记录任何内容，请稍后重试',
    en: 'Busy: nothing was done or recorded, try again shortly',
  },
  OUTCOME_UNKNOWN: {
    zh: '提交时与数据库的连接中断，不能确定是否已经办理：请用同一个 idempotencyKey 再次提交，不会办理两次；没有用 idempotencyKey 的，请先查看是否已经办理',
    en: 'The connection to the database was lost while this was committed, and whether it was done is not known: send it again with the same idempotencyKey, it is not done twice; without one, look first whether it was',
  },
  COUNTY_MOVES: {
    zh: '本县（市、区）的数据正在迁移或已经迁走，此处暂时只能查看，没有记录任何内容；请稍后再试',
    en: 'The data of this county is being moved, or has moved: it can only be read here. Nothing was done or recorded, try again later',
  },
  ORGANISATION_ENDED: {
    zh: '党组织 {code} 已于 {endedOn} 撤销或合并：可以查看，不能再办理新的事项',
    en: 'The organisation {code} was dissolved or merged on {endedOn}: it can be read, and nothing new is done there',
  },
  LINK_EXPIRED: { zh: '链接已过期，请重新获取', en: 'The link has run out: ask for a new one' },
  LINK_REFUSED: {
    zh: '链接无效，或者不是给您的账号的',
    en: 'The link is not valid, or was made for another account',
  },
  CONFLICT: { zh: '{what}已被他人更改，请刷新后再试', en: '{what} was changed by someone else: reload and try again' },
} satisfies Record<string, Message>

/**
 * The closed list of a service's refusals: `fail('ALREADY_APPOINTED', { ... })` throws with the text filled in.
 * @param table code -> text in both languages, `{name}` standing for a parameter; the Chinese text takes `{name}Zh` where
 *   it is given
 * @param names what values of our closed lists are called in Chinese: no office reads ACTIVIST
 * @param below the refusals of rooms below, which this one says as well
 */
export function defineErrors<
  Table extends Record<string, Message>,
  Below extends Record<string, Message> = object & Record<never, Message>,
>(table: Table, names: Readonly<Record<string, string>> = {}, below?: Below) {
  type Code = keyof Table | keyof Below | keyof typeof commonErrors
  const all: Record<string, Message> = { ...commonErrors, ...below, ...table }
  return {
    table,
    fail(code: Code, given: ErrorParams = {}): never {
      const params = shortened(given)
      const texts = all[code as string] as Message
      throw new DomainError(code as string, params, {
        zh: fill(texts.zh, inChinese(params, names)),
        en: fill(texts.en, params),
      })
    },
  }
}

function inChinese(params: ErrorParams, names: Readonly<Record<string, string>>): ErrorParams {
  const own = Object.entries(params).map(([name, value]) => {
    const given = params[`${name}Zh`] ?? value
    return [name, typeof given === 'string' ? (names[given] ?? given) : given]
  })
  return Object.fromEntries(own) as ErrorParams
}

const fill = (text: string, params: ErrorParams): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))

/** The first language of an Accept-Language header that we speak; Chinese unless English is asked for first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const first = acceptLanguage
    ?.split(',')
    .map(part => part.trim().toLowerCase())
    .find(part => part.startsWith('zh') || part.startsWith('en'))
  return first?.startsWith('en') ? 'en' : 'zh-CN'
}
