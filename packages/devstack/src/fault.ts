/** What can go wrong with a server, as a stable code. */
export type StackFaultCode =
  | 'API_REFUSED'
  | 'CITY_REFUSED'
  | 'COUNTY_REFUSED'
  | 'DRAW_REFUSED'
  | 'MOVE_HELD_UP'
  | 'NO_ADMINISTRATOR'
  | 'NO_SUCH_FILE'
  | 'ORGANISATIONS_LATE'
  | 'PORT_BUSY'
  | 'JAVA_MISSING'
  | 'JAVA_TOO_OLD'
  | 'PROGRAM_MISSING'
  | 'FETCH_FAILED'
  | 'SERVER_DIED'
  | 'SERVER_NOT_READY'
  | 'ALREADY_RUNNING'
  | 'MIGRATION_FAILED'
  | 'GENERATE_FAILED'
  | 'LOGIN_FAILED'
  | 'ACCOUNTS_INVALID'
  | 'DISK_FULL'
  | 'NOT_RUNNING'
  | 'WRONG_ARGUMENTS'

/** An error for the person at the keyboard: one sentence in each language, what was found and what to do. */
export type StackFault = Error & { readonly code: StackFaultCode; readonly zh: string; readonly en: string }

/**
 * Makes the one error of this package.
 *
 * @param code stable code
 * @param text the sentence in Chinese and in English
 */
export const stackFault = (code: StackFaultCode, text: { zh: string; en: string }, cause?: unknown): StackFault =>
  Object.assign(new Error(`${text.zh}\n${text.en}`, cause === undefined ? undefined : { cause }), {
    name: 'StackFault',
    code,
    ...text,
  })

/** Whether an unknown thrown value is a fault of this package. */
export const isStackFault = (value: unknown): value is StackFault =>
  typeof value === 'object' && value !== null && 'name' in value && value.name === 'StackFault'
