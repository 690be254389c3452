/** What PostgreSQL, or a pooler before it, says to a wrong password. */
export function isLoginRefused(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === '28P01' || code === '28000' || (code === '08P01' && /authentication failed/i.test(message ?? ''))
}

/**
 * At which address the next connection is opened: the present one, or where its password is refused the last at which
 * one was let in. A password is changed in two places, one after the other, and in between everybody has to come in.
 */
export function createAddress(present: string | (() => string)) {
  const now = typeof present === 'function' ? present : () => present
  let letIn: string | undefined
  let refused: string | undefined
  return {
    next(): string {
      const wanted = now()
      return refused === wanted && letIn !== undefined ? letIn : wanted
    },
    /** Whether another attempt may help: somebody was let in before, so that what is refused now may be good soon. */
    mayChange: (): boolean => letIn !== undefined,
    /** @param error of the login; nothing where it was let in */
    told(address: string, error?: unknown): void {
      if (error === undefined) letIn = address
      else if (isLoginRefused(error)) refused = address === now() && address !== letIn ? address : undefined
    },
  }
}
export type DatabaseAddress = ReturnType<typeof createAddress>
