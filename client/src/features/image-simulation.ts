import { commands, env, ProgressLocation, Uri, window } from 'vscode';
import { chooseCase } from '#client/choose';
import { commandNames } from '#client/command-names';
import type { Feature } from '#client/host';
import { describeFindings } from '#client/words';
import { percentText, quantityText } from '#display/numbers';
import { subscript, type PropertyDisplay } from '#display/properties';
import type { Finding } from '#domain/finding';
import { directions, type Directional, type Property } from '#domain/objective';
import { requests } from '#protocol/methods';
import type { SimulateResponse } from '#protocol/preview';
import type { TestNumbers } from '#protocol/result';

/** The virtual test of an image in the explorer, with the materials of a case that the user picks. */
export const imageSimulation: Feature = (host) =>
  commands.registerCommand(commandNames.simulateImage, async (image: unknown) => {
    if (!(image instanceof Uri)) {
      void window.showInformationMessage('No image was chosen: right-click a PNG file in the explorer.');
      return;
    }
    const target = await chooseCase(host, []);
    if (target === undefined) return;
    const { uri, case: caseName } = target;
    const params = { uri, case: caseName, image: image.toString() };
    const options = { location: ProgressLocation.Notification, title: `Testing ${nameOf(image)}`, cancellable: true };
    const simulate = (whiteAbove?: number): Thenable<SimulateResponse> =>
      window.withProgress(options, (_progress, token) => host.server.request(requests.simulate, { ...params, ...(whiteAbove !== undefined && { whiteAbove }) }, token));
    let whiteAbove: number | undefined;
    let response = await simulate();
    while (response.kind === 'refused') {
      whiteAbove = await chooseBrightness(nameOf(image), response.findings, whiteAbove);
      if (whiteAbove === undefined) return;
      response = await simulate(whiteAbove);
    }
    await showNumbers(`${nameOf(image)} with ${caseName}`, response);
  });

/** Shows why an image was not tested. Where a brightness threshold would help, asks for one other than `before` and returns it. */
async function chooseBrightness(image: string, findings: readonly Finding[], before: number | undefined): Promise<number | undefined> {
  const helps = findings.some(({ code }) => code === 'image-many-levels' || (code === 'image-one-phase' && before !== undefined));
  const button = 'Set Brightness…';
  if ((await window.showErrorMessage(describeFindings(findings), ...(helps ? [button] : []))) !== button) return undefined;
  const text = await window.showInputBox({
    title: `Brightness above which pixels of ${image} are white`,
    prompt: 'In the values of the file: 0 to 255 in 8 bits, 0 to 65535 in 16.',
    ignoreFocusOut: true,
    validateInput: (value) => (isBrightness(value) ? undefined : 'A number of at least 0 is expected.'),
  });
  return text === undefined ? undefined : Number(text);
}

function isBrightness(text: string): boolean {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) && value >= 0;
}

async function showNumbers(subject: string, response: SimulateResponse & { readonly kind: 'tested' }): Promise<void> {
  const text = `${subject}: ${describeNumbers(response.numbers, response.displays)}`;
  const show = response.findings.length === 0 ? window.showInformationMessage : window.showWarningMessage;
  if ((await show([text, ...response.findings.map((finding) => describeFindings([finding]))].join('\n'), 'Copy')) === 'Copy') await env.clipboard.writeText(text);
}

/** Such as `test compression, white 39.4 %, E x 141.2 GPa, E y 139.8 GPa`. */
function describeNumbers(numbers: TestNumbers, displays: readonly PropertyDisplay[]): string {
  const values: Readonly<Record<Property, Directional | undefined>> = {
    'youngs-modulus': numbers.youngsModulus,
    'poisson-ratio': numbers.poissonRatio,
    'thermal-expansion': numbers.thermalExpansion,
  };
  const properties = displays.flatMap((display) => {
    const value = values[display.property];
    if (value === undefined) return [];
    return directions.map((direction) => `${display.symbol} ${subscript(display.property, direction)} ${quantityText(display, value[direction])}`);
  });
  return [`test ${numbers.test}`, `white ${percentText(numbers.volumeFraction)}`, ...properties].join(', ');
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
