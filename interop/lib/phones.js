// What the sandbox lets a phone number sign in with; docs/sandbox.md has the rules.

/** The code that was sent to this phone: part of a test number, else told by the sandbox. */
export async function codeFor(sandbox, phone) {
  if (phone.startsWith('99966')) return phone[5].repeat(5)
  const sent = await sandbox.next('code', (event) => event.phone === phone)
  return sent.code
}

/** Its two-step password. */
export function passwordFor(phone) {
  if (!phone.endsWith('7')) throw new Error('asked for a password that is not set')
  return 'secret'
}
