import { type DomainError, defineErrors, type ErrorParams, type Language, shortened } from '@linghang/subgraph/errors'

/** What the gateway itself refuses. Services add their own codes; these are met before any of them is asked. */
export const refusals = defineErrors({
  UNAUTHENTICATED: {
    zh: '请先登录：请求没有带上有效的访问令牌',
    en: 'Sign in first: the request carries no valid access token',
  },
  NOT_FOUND: {
    zh: '没有找到，或者您无权查看',
    en: 'It was not found, or is not yours to see',
  },
  ACCOUNT_UNKNOWN: {
    zh: '您已登录，但平台上没有与此登录账号对应的账户，请联系本组织的管理员',
    en: 'You are signed in, but no account here belongs to this login: ask the administrator of your organisation',
  },
  IDENTITY_PROVIDER_UNAVAILABLE: {
    zh: '暂时无法核对您的登录：统一身份认证没有应答，请稍后再试',
    en: 'Your sign-in cannot be checked now: the identity provider does not answer, try again shortly',
  },
  SUBGRAPH_UNAVAILABLE: {
    zh: '{subgraph} 服务暂时没有应答，这部分内容稍后再试',
    en: 'The {subgraph} service does not answer now: try this part again shortly',
  },
  OVERLOADED: {
    zh: '系统繁忙：正在处理的请求已达上限 {limit}，请稍后再试',
    en: 'Busy: {limit} requests are being answered, the most allowed at once: try again shortly',
  },
  ASKED_TOO_OFTEN: {
    zh: '此地址请求过于频繁，请 {afterSeconds} 秒后再试',
    en: 'This address is asked too often: try again after {afterSeconds} seconds',
  },
  REQUEST_TIMEOUT: {
    zh: '请求在 {limitMs} 毫秒内没有办完，已停止',
    en: 'The request was not done within {limitMs} ms and was given up',
  },
  BODY_TOO_LARGE: {
    zh: '请求太大：{found} 字节，最多 {limit} 字节',
    en: 'The request is too large: {found} bytes, at most {limit} are taken',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    zh: '不支持的内容类型“{found}”，应为 {wanted}',
    en: 'The content type "{found}" is not taken here, wanted {wanted}',
  },
  METHOD_NOT_ALLOWED: { zh: '此处不支持 {found}，应使用 {wanted}', en: '{found} is not allowed here, use {wanted}' },
  PATH_UNKNOWN: { zh: '没有这个地址', en: 'There is nothing at this address' },
  BODY_NOT_JSON: { zh: '请求正文不是有效的 JSON', en: 'The body is not valid JSON' },
  REQUEST_INVALID: {
    zh: '请求有误：{field} 应为{wantedZh}',
    en: 'The request is not right: {field} has to be {wanted}',
  },
  BATCHING_REFUSED: {
    zh: '不支持批量请求：收到 {found} 个操作，每次只能发 1 个',
    en: 'Batches are not taken: found {found} operations, send 1 a request',
  },
  QUERY_MISSING: { zh: '缺少 query：请求中没有查询语句', en: 'query is missing: the request holds no operation' },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    zh: '不支持自动持久化查询，请发送完整的查询语句',
    en: 'Automatic persisted queries are not supported: send the whole query',
  },
  GRAPHQL_PARSE_FAILED: { zh: '查询语句有语法错误：{detail}', en: 'The query cannot be read: {detail}' },
  GRAPHQL_VALIDATION_FAILED: { zh: '查询语句与接口不符：{detail}', en: 'The query does not fit the schema: {detail}' },
  BAD_USER_INPUT: { zh: '参数有误：{detail}', en: 'An input is not right: {detail}' },
  OPERATION_NAME_MISSING: {
    zh: '请求中有 {found} 个操作，请用 operationName 指明执行哪一个',
    en: 'The request holds {found} operations: say with operationName which one is meant',
  },
  OPERATION_UNKNOWN: { zh: '请求中没有名为“{found}”的操作', en: 'The request holds no operation named "{found}"' },
  SUBSCRIPTION_REFUSED: {
    zh: '不支持 subscription 操作，请使用 query',
    en: 'Subscriptions are not served: use queries',
  },
  TOO_MANY_TOKENS: {
    zh: '查询语句太长：超过 {limit} 个词法单元',
    en: 'The query is too long: more than the {limit} tokens allowed',
  },
  TOO_DEEP: {
    zh: '查询嵌套太深：{found} 层，最多 {limit} 层',
    en: 'The query is too deep: found {found} levels, at most {limit} are allowed',
  },
  TOO_MANY_ALIASES: {
    zh: '查询中别名太多：{found} 个，最多 {limit} 个',
    en: 'The query has too many aliases: found {found}, at most {limit} are allowed',
  },
  TOO_MANY_ROOT_FIELDS: {
    zh: '查询中顶层字段太多：{found} 个，最多 {limit} 个',
    en: 'The query has too many root fields: found {found}, at most {limit} are allowed',
  },
  TOO_MANY_DIRECTIVES: {
    zh: '查询中指令太多：{found} 个，最多 {limit} 个',
    en: 'The query has too many directives: found {found}, at most {limit} are allowed',
  },
  TOO_MANY_SELECTIONS: {
    zh: '查询展开后字段太多：{found} 个，最多 {limit} 个',
    en: 'The query asks for too many fields once its fragments are unfolded: found {found}, at most {limit} are allowed',
  },
  TOO_MANY_NODES: {
    zh: '查询要取的内容太多：{found} 项，最多 {limit} 项；请减小 first 或分几次查询',
    en: 'The query asks for too much: found {found} things, at most {limit} are allowed; ask for shorter pages or in parts',
  },
  COST_EXHAUSTED: {
    zh: '短时间内查询太多，请 {afterSeconds} 秒后再试（本次 {cost}，现有 {available}）',
    en: 'Too much was asked for in a short time: try again after {afterSeconds} s (this costs {cost}, {available} are left)',
  },
  TOO_MANY_AT_ONCE: {
    zh: '您的账号同时进行的请求已达上限 {limit}，请等它们完成',
    en: 'Your account has {limit} requests under way, the most allowed: wait until some are answered',
  },
  NAME_TAKEN_FOR_ANOTHER: {
    zh: '{found} 不能用作其他字段的别名',
    en: '{found} cannot be an alias of another field',
  },
  TEXT_NOT_ALLOWED: {
    zh: '{field} 含有不可见或不完整的字符（{found}），请删除后再提交',
    en: '{field} holds a character that is not seen or not whole ({found}): take it out',
  },
  INTERNAL: { zh: '系统出错，请稍后再试', en: 'Something failed on our side: please try again later' },
})

export type RefusalCode = Parameters<typeof refusals.fail>[0]

/** A refusal that ends a whole request: what is said, and how HTTP says it. */
export type Refusal = {
  status: number
  code: RefusalCode
  params: ErrorParams
  headers?: Record<string, string>
}

/** Thrown to end a request; the server's error handler answers it. */
export class RequestRefused extends Error {
  override name = 'RequestRefused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

export const refuse = (
  status: number,
  code: RefusalCode,
  params: ErrorParams = {},
  headers?: Record<string, string>,
): RequestRefused => new RequestRefused({ status, code, params, ...(headers ? { headers } : {}) })

/** The refusal's text in both languages, its parameters filled in. */
function textsOf(code: RefusalCode, params: ErrorParams): DomainError['texts'] {
  try {
    return refusals.fail(code, params)
  } catch (error) {
    return (error as DomainError).texts
  }
}

export type PresentedError = {
  message: string
  extensions: { code: string; params?: ErrorParams; traceId?: string }
  path?: readonly (string | number)[]
  locations?: readonly { line: number; column: number }[]
}

/** One error as it stands in an answer. Empty parameters are left out. */
export function presentRefusal(code: RefusalCode, given: ErrorParams, language: Language): PresentedError {
  const params = shortened(given)
  const texts = textsOf(code, params)
  return {
    message: language === 'en' ? texts.en : texts.zh,
    extensions: Object.keys(params).length > 0 ? { code: code as string, params } : { code: code as string },
  }
}
