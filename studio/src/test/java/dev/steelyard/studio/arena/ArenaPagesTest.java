package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a headless Chromium; skipped, saying so, where there is none. */
class ArenaPagesTest {

    private static final Path PICTURES = Path.of("target", "arena");

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path folder;

    private Arena arena;
    private ArenaServer server;
    private BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "no Chromium is installed, so the arena's pages are not tested");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            browser.close();
            playwright.close();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        Path outputs = ArenaFixture.outputs(folder);
        for (String item : ArenaFixture.ITEMS) {
            int hue = 60 * ArenaFixture.ITEMS.indexOf(item);
            Files.writeString(
                    outputs.resolve(item).resolve("sun.svg"),
                    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 200'><rect width='320' height='200'"
                            + " fill='hsl(" + hue + " 40% 85%)'/><circle cx='160' cy='100' r='70' fill='hsl(" + hue
                            + " 70% 45%)'/></svg>");
            Files.write(outputs.resolve(item).resolve("bell.wav"), silence(90));
        }
        arena = new Arena(
                ArenaFixture.url(folder),
                Catalogue.read(outputs, false),
                ArenaFixture::model,
                ArenaOptions.defaults().withTitle("Six pieces").withReveal(true));
        server = new ArenaServer(arena, ArenaServerOptions.local(0));
    }

    /** A WAV file of so many seconds, 8000 bytes each. */
    private static byte[] silence(int seconds) {
        int size = seconds * 8000;
        ByteBuffer wav = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + size);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(8000)
                .putShort((short) 1)
                .putShort((short) 8);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size);
        while (wav.hasRemaining()) {
            wav.put((byte) 128);
        }
        return wav.array();
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
        server.close();
        arena.close();
    }

    private Page page(int width, int height, ColorScheme scheme) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL("http://127.0.0.1:" + server.port())
                .setViewportSize(width, height)
                .setColorScheme(scheme));
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // A file that still loads when its ballot is closed is given no more, and nobody sees that.
            boolean closed =
                    message.text().contains("409") && message.location().contains("/outputs/");
            if (message.type().equals("error") && !closed) {
                complaints.add(message.text() + " at " + message.location());
            }
        });
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static void awaitCards(Page page) {
        PlaywrightAssertions.assertThat(page.locator(".card")).hasCount(4);
    }

    private static void awaitVotes(Page page, int votes) {
        PlaywrightAssertions.assertThat(page.locator("#message")).containsText("Counted. " + votes + " votes");
    }

    @Test
    void ranksByMouseWithTies() {
        Page page = page(1280, 800, ColorScheme.LIGHT);
        page.navigate("/");
        awaitCards(page);
        assertThat(ArenaFixture.ITEMS).noneMatch(page.content()::contains);
        PlaywrightAssertions.assertThat(page.locator("#submit")).isDisabled();
        int[] places = {1, 0, 3, 1};
        for (int i = 0; i < places.length; i++) {
            page.locator("#card-" + i + " label").nth(places[i]).click();
        }
        picture(page, "vote");
        page.locator("#submit").click();
        awaitVotes(page, 1);
        // The names were not asked of the page: the log tells what was shown and how it was ranked.
        List<ExportedVote> votes = new ArrayList<>();
        arena.export(votes::add);
        assertThat(votes.getFirst().ranks()).containsExactly(1, 0, 2, 1);
        assertThat(page.locator("#message").textContent())
                .contains("A " + votes.getFirst().models().getFirst());
        assertThat(complaints).isEmpty();
    }

    @Test
    void worksByKeyboardAlone() {
        Page page = page(1280, 800, ColorScheme.LIGHT);
        page.navigate("/");
        awaitCards(page);
        for (String key : List.of("c", "1", "a", "2", "b", "3", "d", "4", "Enter")) {
            page.keyboard().press(key);
        }
        awaitVotes(page, 1);
        awaitCards(page);
        page.keyboard().press("n");
        PlaywrightAssertions.assertThat(page.locator("#message")).hasText("Skipped.");
        page.keyboard().press("t");
        page.keyboard().press("Enter");
        awaitVotes(page, 2);
        page.keyboard().press("Shift+B");
        PlaywrightAssertions.assertThat(page.locator(".places input")).hasCount(4);
        page.keyboard().press("d");
        page.keyboard().press("Enter");
        awaitVotes(page, 3);
        page.keyboard().press("?");
        PlaywrightAssertions.assertThat(page.locator("#keys")).isVisible();
        picture(page, "keys");
        List<ExportedVote> votes = new ArrayList<>();
        arena.export(votes::add);
        assertThat(votes)
                .extracting(ExportedVote::ranks)
                .containsExactly(List.of(1, 2, 0, 3), List.of(0, 0, 0, 0), List.of(1, 1, 1, 0));
        assertThat(complaints).isEmpty();
    }

    @Test
    void fitsAPhone() {
        Page page = page(360, 740, ColorScheme.DARK);
        page.navigate("/");
        awaitCards(page);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        // Targets that a thumb hits.
        assertThat(page.locator("#card-0 label").first().boundingBox().height).isGreaterThanOrEqualTo(44);
        picture(page, "phone");
        page.navigate("/leaderboard");
        PlaywrightAssertions.assertThat(page.locator("#rows tr")).hasCount(6);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        vote(20);
        PlaywrightAssertions.assertThat(page.locator("#votes")).hasText("20");
        assertThat(smallestLetters(page)).isGreaterThanOrEqualTo(12);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        picture(page, "phone-leaderboard");
        page.setViewportSize(740, 360);
        PlaywrightAssertions.assertThat(page.locator("#chart"))
                .hasAttribute("viewBox", Pattern.compile("0 0 6\\d\\d .*"));
        assertThat(smallestLetters(page)).isGreaterThanOrEqualTo(12);
        assertThat(complaints).isEmpty();
    }

    /** Height of the smallest letters as they are seen, in pixels; those of a drawing are scaled with it. */
    private static double smallestLetters(Page page) {
        return ((Number) page.evaluate("""
                        () => Math.min(...[...document.querySelectorAll('body *')]
                            .filter(each => each.checkVisibility() && [...each.childNodes].some(
                                child => child.nodeType === 3 && child.textContent.trim()))
                            .map(each => parseFloat(getComputedStyle(each).fontSize)
                                * (each.ownerSVGElement ? each.getScreenCTM().d : 1)))
                        """)).doubleValue();
    }

    private void vote(int votes) {
        for (int i = 0; i < votes; i++) {
            OpenBallot ballot = arena.hand("voter");
            arena.vote(ballot.token(), "voter", ArenaFixture.alphabetic(ballot));
        }
    }

    /** Skips until the first output is of a kind. */
    private static void awaitKind(Page page, String element) {
        awaitCards(page);
        for (int skips = 0; skips < 60 && page.locator("#card-0 " + element).count() == 0; skips++) {
            String before = page.locator("#cards").innerHTML();
            page.keyboard().press("n");
            page.waitForCondition(() -> !page.locator("#cards").innerHTML().equals(before));
        }
        PlaywrightAssertions.assertThat(page.locator("#card-0 " + element)).isVisible();
    }

    @Test
    void audioIsSoughtWithoutLoadingAllOfIt() throws IOException {
        Page page = page(1280, 800, ColorScheme.DARK);
        List<String> ranges = new ArrayList<>();
        page.onResponse(response -> {
            if (response.status() == 206) {
                ranges.add(response.headerValue("content-range"));
            }
        });
        page.navigate("/");
        awaitKind(page, "audio");
        assertThat(page.evaluate("""
                        () => new Promise((done, failed) => {
                          const audio = document.querySelector('#card-0 audio');
                          audio.addEventListener('seeked', () => done(audio.currentTime));
                          audio.addEventListener('error', () => failed(audio.error.message));
                          const seek = () => { audio.currentTime = 60; };
                          if (audio.readyState) { seek(); } else { audio.addEventListener('loadedmetadata', seek); }
                        })
                        """)).isEqualTo(60);
        assertThat(ranges).isNotEmpty().allMatch(range -> range.matches("bytes \\d+-\\d+/" + (44 + 90 * 8000)));
        picture(page, "audio");
        assertThat(complaints).isEmpty();
    }

    @Test
    void everythingHasANameAndFocusIsSeen() {
        Page page = page(1280, 800, ColorScheme.LIGHT);
        page.navigate("/");
        awaitKind(page, "img");
        PlaywrightAssertions.assertThat(page.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName("B is 2nd").setExact(true)))
                .hasCount(1);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Enlarge output A"))
                .click();
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        page.keyboard().press("t"); // says nothing to the ballot below
        page.keyboard().press("Escape");
        PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
        PlaywrightAssertions.assertThat(page.locator("#progress")).hasText("0 of 4 placed");
        // Through the page by Tab: each stop has a name and shows that it has the focus.
        page.navigate("/");
        awaitCards(page);
        Set<String> names = new HashSet<>();
        for (int stop = 0; stop < 14; stop++) {
            page.keyboard().press("Tab");
            String name =
                    (String) page.evaluate("document.activeElement.ariaLabel || document.activeElement.innerText");
            assertThat(name).isNotBlank();
            names.add(name);
            assertThat(page.evaluate("""
                            () => [document.activeElement, document.activeElement.nextElementSibling].some(
                                each => each && getComputedStyle(each).outlineStyle !== 'none')
                            """)).as(name).isEqualTo(true);
        }
        assertThat(names).contains("Leaderboard", "Pick the best", "A is best", "D is best");
        assertThat(complaints).isEmpty();
    }

    @Test
    void theLeaderboardFollowsTheVotes() {
        Page page = page(1280, 800, ColorScheme.LIGHT);
        page.navigate("/leaderboard");
        PlaywrightAssertions.assertThat(page.locator("#votes")).hasText("0");
        PlaywrightAssertions.assertThat(page.locator("#no-history")).isVisible();
        vote(60);
        PlaywrightAssertions.assertThat(page.locator("#votes")).hasText("60");
        PlaywrightAssertions.assertThat(page.locator("#voters")).hasText("1");
        PlaywrightAssertions.assertThat(page.locator("#rows th"))
                .hasText(ArenaFixture.ITEMS.reversed().toArray(String[]::new));
        assertThat(page.locator("#chart polyline").first().getAttribute("points"))
                .contains(" ");
        picture(page, "leaderboard");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aBallotThatClosedMeanwhileIsReplaced() {
        Page page = page(1280, 800, ColorScheme.LIGHT);
        page.navigate("/");
        awaitCards(page);
        // The same browser voted on it in another tab.
        Page tab = context.newPage();
        tab.navigate("/");
        awaitCards(tab);
        tab.keyboard().press("t");
        tab.keyboard().press("Enter");
        awaitVotes(tab, 1);
        page.keyboard().press("t");
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("#message")).containsText("was used");
        awaitCards(page);
        page.keyboard().press("t");
        page.keyboard().press("Enter");
        awaitVotes(page, 2);
    }
}
