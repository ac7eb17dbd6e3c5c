import { chromium } from '../../scripts/system-packages.mjs';
import { configMapText, openFiles } from '../support/convention-person.ts';
import { PersonOnGitHub } from '../support/person-on-github.ts';
import { Screen } from '../support/screen.ts';
import { type Stage, setStage } from '../support/stage.ts';

const program = chromium();
const when = program ? describe : describe.skip;

when(`the checks of a pull request, in a browser${program ? '' : ' (no Chromium on the PATH)'}`, () => {
  let stage: Stage;
  let screen: Screen;

  beforeAll(async () => {
    stage = await setStage();
    screen = await Screen.open(program ?? '', stage.world.url);
  }, 90_000);

  afterAll(async () => {
    await screen?.close();
    await stage?.close();
  }, 60_000);

  it('show what is to be mended at which line, and mend the title at a click', async () => {
    const pat = new PersonOnGitHub(stage.world, 'pat-platform');
    const path = 'tenants/aws/common/guestbook/configmap-one.yaml';
    const pull = await openFiles(pat, 'by-hand', 'Give the guestbook a configuration', {
      [path]: configMapText('One', 'guestbook'),
    });
    await screen.become('U0PLATFM01');
    await screen.page.goto(`${stage.world.url}#/pull/${pull}/checks`);
    await screen.sees(`${path}:4`, '.annotations');
    await screen.sees('A name that Kubernetes refuses', '.annotations');
    await screen.pictureOf('[data-check="conventions"]', 'conventions');
    const button = '[data-check="conventions"] button[title="Sets the title that is suggested here"]';
    await screen.click(button);
    await screen.sees('tenants(guestbook): give the guestbook a configuration');
    await screen.sees('1 thing to mend', '[data-check="conventions"]');
    await screen.page.goto(`${stage.world.url}#/pull/${pull}`);
    await screen.sees('What this does');
    await screen.sees('ConfigMap guestbook/One');
    await screen.picture('what-this-does');
    expect(screen.problems).toEqual([]);
  }, 90_000);
});
