namespace Disclosure.Compiling;

/// <summary>What a compiled report adds up. NAMES ARE A STORAGE FORMAT.</summary>
public enum CompilationScope
{
    /// <summary>本行政区域: a government's own level, and the governments or townships right below it (国办公开办函〔2021〕30号 二（二）).</summary>
    Area,

    /// <summary>本级: the bodies of the government's own level alone.</summary>
    OwnLevel,

    /// <summary>All bodies of the vertical system that the body leads.</summary>
    Line,
}
