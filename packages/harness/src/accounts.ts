import { dataOf } from './ask.ts'
import type { Asker } from './asker.ts'
import type { AppointOfficeInput, LinkAccountInput } from './generated/org.ts'

/** Makes an account known. @returns its id */
export async function linkAccount(by: Asker, input: LinkAccountInput): Promise<string> {
  const linked = await by.org(
    'mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { account { id } } }',
    { input },
  )
  return dataOf(linked).linkAccount.account.id
}

/** Gives an account an office. @returns the office's id */
export async function appointOffice(by: Asker, input: AppointOfficeInput): Promise<string> {
  const appointed = await by.org(
    'mutation ($input: AppointOfficeInput!) { appointOffice(input: $input) { office { id } } }',
    { input },
  )
  return dataOf(appointed).appointOffice.office.id
}
