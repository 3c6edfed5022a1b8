package dev.steelyard.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemLibtorchTest {

    @TempDir
    Path folder;

    @Test
    void foldersWithoutLibtorchAreGood() throws IOException {
        Files.createFile(folder.resolve("libtorchvision.so"));
        List<Path> found = SystemLibtorch.found(List.of(folder, folder.resolve("absent")));
        assertThat(found).isEmpty();
        assertThatCode(() -> SystemLibtorch.refuse(found)).doesNotThrowAnyException();
    }

    @Test
    void aForeignLibtorchIsRefusedByNameWithTheRemedy() throws IOException {
        Path first = Files.createFile(folder.resolve("libc10.so"));
        Path second = Files.createFile(folder.resolve("libtorch_cpu.so"));
        List<Path> found = SystemLibtorch.found(List.of(folder));
        assertThat(found).containsExactly(first, second);
        assertThatThrownBy(() -> SystemLibtorch.refuse(found))
                .isInstanceOf(UnsupportedPlatformException.class)
                .hasMessageContainingAll(first.toString(), second.toString(), "move these links away");
    }
}
