import type { Form } from '@linghang/subgraph'
import { fieldsOfContract } from '@linghang/subgraph/asked'

const twice = (names: readonly string[]): string[] => names.filter((name, i) => names.indexOf(name) !== i)

/**
 * What is wrong with a service's list of what is handed in there (law B8, R7): a mutation of its contract that is neither a form nor
 * among those that nobody hands in would be asked for and counted nowhere.
 */
export function formFaults(
  schemaFile: URL,
  forms: readonly Form[],
  notHandedIn: ReadonlySet<string>,
): Record<'unlisted' | 'noMutation' | 'listedTwice' | 'actionsOfTwo', string[]> {
  const inContract = fieldsOfContract(schemaFile)
  const listed = [...forms.map(({ mutation }) => mutation), ...notHandedIn]
  return {
    unlisted: [...inContract.keys()].filter(name => !listed.includes(name)),
    noMutation: listed.filter(name => !inContract.has(name)),
    listedTwice: twice(listed),
    actionsOfTwo: twice(forms.flatMap(({ actions }) => actions)),
  }
}

export const noFormFaults = { unlisted: [], noMutation: [], listedTwice: [], actionsOfTwo: [] }
